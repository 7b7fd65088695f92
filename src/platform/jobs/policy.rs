//! How a kind of job is treated, and how a handler says that it failed.

use crate::platform::clock::{MINUTE_MS, SECOND_MS};
use crate::platform::error::Error;
use crate::platform::secrets::Rng;

/// How a kind of job is treated. Start from [`Policy::default`].
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Starts before it is given up; crashes count. 5.
    pub attempts: u32,
    /// Longest run, in milliseconds; then it is stopped and counts as failed. 10 minutes.
    pub timeout_ms: i64,
    /// How many of this kind one instance runs at a time. 2.
    pub concurrency: usize,
    /// After how long without a sign of life another instance may take it over, in milliseconds. 30 s.
    pub lease_ms: i64,
    /// Wait before the second attempt, in milliseconds; doubles with each one. 2 s.
    pub backoff_ms: i64,
    /// The longest wait between attempts, in milliseconds. 10 minutes.
    pub backoff_most_ms: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            attempts: 5,
            timeout_ms: 10 * MINUTE_MS,
            concurrency: 2,
            lease_ms: 30 * SECOND_MS,
            backoff_ms: 2 * SECOND_MS,
            backoff_most_ms: 10 * MINUTE_MS,
        }
    }
}

impl Policy {
    /// How long to wait after the failed `attempt` (the first is 1): between half and the whole of an
    /// exponentially growing time, so that what failed together does not return together.
    pub(super) fn wait_ms(&self, attempt: i64, rng: &Rng) -> i64 {
        let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(30);
        let whole = self
            .backoff_ms
            .saturating_mul(1 << doublings)
            .clamp(0, self.backoff_most_ms);
        let half = whole / 2;
        half + i64::try_from(rng.below(half.unsigned_abs() + 1)).unwrap_or(half)
    }
}

/// Why a job was not done. The words go to the log and to the admin's page: no secrets, no names of guests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// May succeed later: tried again after a wait, until the attempts are used up.
    Retry(String),
    /// Never will: becomes a dead letter at once.
    GiveUp(String),
}

impl Failure {
    /// The reason.
    pub fn words(&self) -> &str {
        match self {
            Failure::Retry(words) | Failure::GiveUp(words) => words,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable(_) | Error::Internal(_) | Error::TooMany { .. } => {
                Failure::Retry(error.to_string())
            }
            _ => Failure::GiveUp(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_with_jitter_and_have_a_ceiling() {
        let (policy, rng) = (Policy::default(), Rng::seeded(7));
        for (attempt, whole) in [(1, 2_000), (2, 4_000), (5, 32_000), (40, 600_000)] {
            let waits: Vec<i64> = (0..50).map(|_| policy.wait_ms(attempt, &rng)).collect();
            assert!(
                waits.iter().all(|wait| (whole / 2..=whole).contains(wait)),
                "{attempt}: {waits:?}"
            );
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
    }
}
