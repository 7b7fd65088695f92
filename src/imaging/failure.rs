//! Why a file cannot be shown.

use serde::{Deserialize, Serialize};

/// What is wrong with a file; stable, kept with the item and counted in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// Its bytes contradict its format.
    Damaged,
    /// It ends too early.
    Truncated,
    /// It is well formed but uses something no decoder of ours knows.
    Unsupported,
    /// Its header declares more pixels than we accept.
    TooManyPixels,
    /// It would need more memory than one decoder may have.
    TooMuchMemory,
    /// The decoder ran out of time.
    TookTooLong,
    /// The decoder died of it.
    Crashed,
}

impl FailureCode {
    /// The stable name, as in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            FailureCode::Damaged => "damaged",
            FailureCode::Truncated => "truncated",
            FailureCode::Unsupported => "unsupported",
            FailureCode::TooManyPixels => "too_many_pixels",
            FailureCode::TooMuchMemory => "too_much_memory",
            FailureCode::TookTooLong => "took_too_long",
            FailureCode::Crashed => "crashed",
        }
    }
}

/// A file that cannot be shown, now or later. Its original can still be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{}: {words}", code.as_str())]
pub struct Failure {
    /// What is wrong.
    pub code: FailureCode,
    /// The same for a log, with the decoder's own words.
    pub words: String,
}

impl Failure {
    pub(crate) fn new(code: FailureCode, words: impl std::fmt::Display) -> Failure {
        Failure {
            code,
            words: words.to_string().chars().take(300).collect(),
        }
    }

    pub(crate) fn damaged(words: impl std::fmt::Display) -> Failure {
        Failure::new(FailureCode::Damaged, words)
    }

    pub(crate) fn unsupported(words: impl std::fmt::Display) -> Failure {
        Failure::new(FailureCode::Unsupported, words)
    }
}
