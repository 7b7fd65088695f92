//! The one error of EPU, named by what it means for the person who asked.
//!
//! It is answered in one place (`web::failure`): as a page for people, as problem+json (RFC 9457)
//! for scripts.

use std::collections::BTreeMap;

use http::StatusCode;
use sea_orm::{DbErr, RuntimeErr};

/// The result of everything that can fail in a way a person may see.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, by meaning.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in where somebody must be: pages lead to the sign-in.
    #[error("signed out")]
    SignedOut,
    /// It does not exist, or not for the one who asked.
    #[error("not found")]
    NotFound,
    /// A form's fields need mending.
    #[error("invalid fields: {0:?}")]
    Invalid(Fields),
    /// Understood, and refused for a stated reason.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// More bytes than allowed.
    #[error("more than {limit_bytes} bytes")]
    TooLarge {
        /// The most that is taken, in bytes.
        limit_bytes: u64,
    },
    /// Too often; may be tried again later.
    #[error("too many; again in {retry_after_s} s")]
    TooMany {
        /// Seconds until another try makes sense.
        retry_after_s: u64,
    },
    /// Database, bucket or disk cannot be used at the moment. The text is for the log only.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of EPU's own. The text is for the log only.
    #[error("internal: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A fault of EPU's own, in words for the log.
    pub fn internal(words: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Internal(words.into())
    }

    /// One field that needs mending; `problem` is a Fluent key.
    pub fn field(field: &'static str, problem: &'static str) -> Self {
        Error::Invalid(Fields::default().with(field, problem))
    }

    /// The HTTP status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::SignedOut => StatusCode::UNAUTHORIZED,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Refused(refusal) => refusal.status(),
            Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code by which scripts know it.
    pub fn code(&self) -> &'static str {
        match self {
            Error::SignedOut => "signed_out",
            Error::NotFound => "not_found",
            Error::Invalid(_) => "invalid",
            Error::Refused(refusal) => refusal.code(),
            Error::TooLarge { .. } => "too_large",
            Error::TooMany { .. } => "too_many",
            Error::Unavailable(_) => "unavailable",
            Error::Internal(_) => "internal",
        }
    }
}

/// Why something understood is refused. Codes are stable; each has its words in the texts under
/// `refused-CODE` (with dashes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A write that came from another site (403).
    CrossSite,
    /// The request names a host that is not ours (421).
    UnknownHost,
    /// The address exists, but not for this method (405).
    WrongMethod,
    /// A request that cannot be read: garbled query, body or form (400).
    BadRequest,
    /// The event asks for its password first (403).
    PasswordNeeded,
    /// The event is not published yet (404).
    NotOpenYet,
    /// The event takes no uploads (any more) (403).
    EventClosed,
    /// The event's storage is full (403).
    StorageFull,
    /// The content is no kind of photo or video that EPU takes (415).
    WrongKind,
    /// The file has no bytes (400).
    EmptyFile,
    /// The bytes are not those whose checksum was sent (460, tus).
    ChecksumMismatch,
    /// The checksum's algorithm or form is not understood (400).
    ChecksumUnknown,
    /// The upload stands at another offset (409).
    OffsetMismatch,
    /// Another device or tab goes on with this upload (409).
    UploadTaken,
    /// The upload expired or was ended (410).
    UploadGone,
    /// A tus request of another version (412).
    TusVersion,
    /// A tus request that lacks or garbles a header (400).
    TusHeaders,
    /// A tus body with another content type (415).
    TusContentType,
    /// A range outside the file (416).
    RangeUnsatisfiable,
    /// The link was used or is too old (410).
    LinkExpired,
    /// The mail address is not confirmed yet (403).
    Unverified,
    /// Only drafts can be published, only published events closed, and so on (409).
    WrongState,
}

impl Refusal {
    /// Every refusal, for the test that each has its words.
    pub const ALL: &[Refusal] = &[
        Refusal::CrossSite,
        Refusal::UnknownHost,
        Refusal::WrongMethod,
        Refusal::BadRequest,
        Refusal::PasswordNeeded,
        Refusal::NotOpenYet,
        Refusal::EventClosed,
        Refusal::StorageFull,
        Refusal::WrongKind,
        Refusal::EmptyFile,
        Refusal::ChecksumMismatch,
        Refusal::ChecksumUnknown,
        Refusal::OffsetMismatch,
        Refusal::UploadTaken,
        Refusal::UploadGone,
        Refusal::TusVersion,
        Refusal::TusHeaders,
        Refusal::TusContentType,
        Refusal::RangeUnsatisfiable,
        Refusal::LinkExpired,
        Refusal::Unverified,
        Refusal::WrongState,
    ];

    fn named(self) -> (&'static str, u16) {
        match self {
            Refusal::CrossSite => ("cross_site", 403),
            Refusal::UnknownHost => ("unknown_host", 421),
            Refusal::WrongMethod => ("wrong_method", 405),
            Refusal::BadRequest => ("bad_request", 400),
            Refusal::PasswordNeeded => ("password_needed", 403),
            Refusal::NotOpenYet => ("not_open_yet", 404),
            Refusal::EventClosed => ("event_closed", 403),
            Refusal::StorageFull => ("storage_full", 403),
            Refusal::WrongKind => ("wrong_kind", 415),
            Refusal::EmptyFile => ("empty_file", 400),
            Refusal::ChecksumMismatch => ("checksum_mismatch", 460),
            Refusal::ChecksumUnknown => ("checksum_unknown", 400),
            Refusal::OffsetMismatch => ("offset_mismatch", 409),
            Refusal::UploadTaken => ("upload_taken", 409),
            Refusal::UploadGone => ("upload_gone", 410),
            Refusal::TusVersion => ("tus_version", 412),
            Refusal::TusHeaders => ("tus_headers", 400),
            Refusal::TusContentType => ("tus_content_type", 415),
            Refusal::RangeUnsatisfiable => ("range_unsatisfiable", 416),
            Refusal::LinkExpired => ("link_expired", 410),
            Refusal::Unverified => ("unverified", 403),
            Refusal::WrongState => ("wrong_state", 409),
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        self.named().0
    }

    /// The Fluent key of its words.
    pub fn text_key(self) -> String {
        format!("refused-{}", self.code().replace('_', "-"))
    }

    /// The HTTP (or tus) status.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.named().1).expect("statuses in the list are valid")
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

/// The fields of a form that need mending, each with the Fluent key of its problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<&'static str, &'static str>);

impl Fields {
    /// Adds a problem; the first one of a field stays.
    pub fn add(&mut self, field: &'static str, problem: &'static str) {
        self.0.entry(field).or_insert(problem);
    }

    /// These fields and one more.
    pub fn with(mut self, field: &'static str, problem: &'static str) -> Self {
        self.add(field, problem);
        self
    }

    /// The Fluent key of a field's problem, if it has one.
    pub fn problem(&self, field: &str) -> Option<&'static str> {
        self.0.get(field).copied()
    }

    /// Whether nothing needs mending.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All problems as `(field, Fluent key)`.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        self.0.iter().map(|(field, problem)| (*field, *problem))
    }

    /// `Ok` when nothing needs mending.
    pub fn check(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self))
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotFound(_) => Error::NotFound,
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Error::Unavailable(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner))
                if is_passing(inner) =>
            {
                Error::Unavailable(error.to_string())
            }
            _ => Error::internal(error),
        }
    }
}

/// Whether a database error is about the database's state rather than about our query:
/// connections cut, disk full (SQLite 13, PostgreSQL 53100), busy (SQLite 5), shutting down (57P0x).
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| {
            matches!(code.as_ref(), "5" | "13" | "517" | "40001" | "40P01")
                || code.starts_with("53")
                || code.starts_with("57P")
                || code.starts_with("08")
        }),
        _ => false,
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Error::NotFound,
            std::io::ErrorKind::StorageFull => Error::Unavailable(error.to_string()),
            _ => Error::internal(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::internal(error)
    }
}
