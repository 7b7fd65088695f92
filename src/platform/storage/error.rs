//! What can go wrong with storage, told by what the caller can do about it.

use std::error::Error;
use std::io;

use crate::platform::error as platform;

const NO_BUCKET: &str = "the bucket does not exist";

/// A trouble of storage. [`Unavailable`](Self::Unavailable) and [`Full`](Self::Full) pass; the
/// others do not mend themselves.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// There is no such object, or an unfinished upload's bytes are gone.
    #[error("the object does not exist")]
    Missing,
    /// The bucket or disk gives no answer now; trying later can help.
    #[error("storage cannot be reached: {0}")]
    Unavailable(String),
    /// No room is left on the disk or in the bucket's quota.
    #[error("storage is full")]
    Full,
    /// Storage answers, but not to us: keys, rights, region or the bucket's name are wrong.
    #[error("storage refuses: {0}")]
    Refused(String),
    /// Anything else; a defect here or there.
    #[error("storage failed: {0}")]
    Other(String),
}

/// The result of whatever touches storage.
pub type Result<T> = std::result::Result<T, StorageError>;

impl StorageError {
    /// Reads a 404 on a write or a listing, where it cannot mean the object: the bucket is missing.
    pub(super) fn missing_is_bucket(self) -> Self {
        match self {
            Self::Missing => Self::Refused(NO_BUCKET.to_owned()),
            other => other,
        }
    }
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind;
        if let Some(inner) = error.get_ref().and_then(|e| e.downcast_ref::<Self>()) {
            return inner.clone();
        }
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::Refused(error.to_string())
            }
            ErrorKind::TimedOut | ErrorKind::StaleNetworkFileHandle => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<StorageError> for io::Error {
    fn from(error: StorageError) -> Self {
        let kind = match &error {
            StorageError::Missing => io::ErrorKind::NotFound,
            StorageError::Full => io::ErrorKind::StorageFull,
            StorageError::Refused(_) => io::ErrorKind::PermissionDenied,
            StorageError::Unavailable(_) | StorageError::Other(_) => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        use object_store::Error as E;
        match &error {
            E::NotFound { .. } => Self::Missing,
            E::PermissionDenied { source, .. } | E::Unauthenticated { source, .. } => {
                Self::Refused(refusal(&source.to_string()))
            }
            E::Generic { .. } => from_text(&error.to_string(), innermost(&error)),
            _ => Self::Other(error.to_string()),
        }
    }
}

/// What passes is a 503 with Retry-After; what the operator must mend too, so that guests' browsers
/// keep their files and try again.
impl From<StorageError> for platform::Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Missing => Self::NotFound,
            StorageError::Other(_) => Self::internal(error),
            StorageError::Unavailable(_) | StorageError::Full | StorageError::Refused(_) => {
                Self::Unavailable(error.to_string())
            }
        }
    }
}

/// object_store keeps the status of an unusual answer private, so it is read from the text.
/// A body may follow it with the signed request in it, so no more than S3's code is kept.
fn from_text(text: &str, cause: String) -> StorageError {
    const STATUS: &str = "status code: ";
    let Some(at) = text.find(STATUS) else {
        return if text.contains("redirect") {
            StorageError::Refused("the bucket is in another region".to_owned())
        } else {
            StorageError::Unavailable(cause)
        };
    };
    let status = &text[at + STATUS.len()..];
    let told = format!(
        "status {}{}",
        status.chars().take(3).collect::<String>(),
        code(status).map_or(String::new(), |code| format!(" {code}")),
    );
    if status.starts_with("507") || told.contains("StorageFull") || told.contains("QuotaExceeded") {
        StorageError::Full
    } else if told.ends_with("NoSuchBucket") {
        StorageError::Refused(NO_BUCKET.to_owned())
    } else if status.starts_with('4') && !status.starts_with("408") && !status.starts_with("429") {
        StorageError::Other(told)
    } else {
        StorageError::Unavailable(told)
    }
}

fn refusal(text: &str) -> String {
    match code(text) {
        Some("InvalidAccessKeyId") => {
            "InvalidAccessKeyId: storage.access_key_id is not known there".to_owned()
        }
        Some("SignatureDoesNotMatch") => {
            "SignatureDoesNotMatch: storage.secret_access_key is not that key's".to_owned()
        }
        Some(code) => format!("{code}: the keys may not do this"),
        None => "the keys may not do this".to_owned(),
    }
}

/// The `<Code>` of S3's error document.
fn code(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    Some(code)
}

fn innermost(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
