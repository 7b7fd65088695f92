//! Where storage is, as the operator writes it.

use std::fmt;
use std::path::PathBuf;

use crate::platform::config;

use super::error::{Result, StorageError};

/// The settings under `storage.` of the configuration.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StorageSettings {
    /// `file:/path` (or `file:path`, from the working folder) or `s3://bucket/prefix`.
    pub url: String,
    /// The S3 server, `https://host[:port]`; none means Amazon's of the region.
    pub endpoint: Option<String>,
    /// The bucket's region; none means `us-east-1`, which most other vendors accept.
    pub region: Option<String>,
    /// The public half of the key; without both halves Amazon's role of the machine is used.
    pub access_key_id: Option<String>,
    /// The secret half of the key.
    pub secret_access_key: Option<String>,
    /// Whether the bucket stands in the path (`host/bucket`), not in the host's name.
    pub path_style: bool,
}

/// An empty setting is one that is not set.
impl From<&config::Storage> for StorageSettings {
    fn from(set: &config::Storage) -> Self {
        let given = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        Self {
            url: set.url.clone(),
            endpoint: given(&set.endpoint),
            region: given(&set.region),
            access_key_id: given(&set.access_key_id),
            secret_access_key: given(set.secret_access_key.expose()),
            path_style: set.path_style,
        }
    }
}

/// The secret is masked, so that settings may be logged.
impl fmt::Debug for StorageSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StorageSettings")
            .field("url", &self.url)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("access_key_id", &self.access_key_id)
            .field(
                "secret_access_key",
                &self.secret_access_key.as_ref().map(|_| "…"),
            )
            .field("path_style", &self.path_style)
            .finish()
    }
}

/// What a storage URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Folder(PathBuf),
    /// `prefix` is empty or ends in `/`.
    Bucket {
        name: String,
        prefix: String,
    },
}

/// Reads a storage URL; `Other` says what is wrong with it and what would be right.
pub(super) fn place(url: &str) -> Result<Place> {
    if let Some(path) = url.strip_prefix("file:") {
        let path = match path.strip_prefix("//") {
            Some(path) if path.starts_with('/') => path,
            Some(_) => return Err(wrong(url, "a file URL has one or three slashes")),
            None => path,
        };
        if path.is_empty() {
            return Err(wrong(url, "it names no folder"));
        }
        return Ok(Place::Folder(PathBuf::from(path)));
    }
    let Some(rest) = url.strip_prefix("s3://") else {
        return Err(wrong(url, "it begins with neither file: nor s3://"));
    };
    let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let is_bucket_name = (3..=63).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b));
    if !is_bucket_name {
        return Err(wrong(url, "it names no bucket"));
    }
    let prefix = prefix.trim_matches('/');
    let prefix = if prefix.is_empty() {
        String::new()
    } else {
        format!("{}/", super::key::checked(prefix)?)
    };
    Ok(Place::Bucket {
        name: name.to_owned(),
        prefix,
    })
}

fn wrong(url: &str, why: &str) -> StorageError {
    StorageError::Other(format!(
        "storage.url = {url:?}: {why}; write file:/path or s3://bucket/prefix"
    ))
}
