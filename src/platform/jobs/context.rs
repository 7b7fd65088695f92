//! What a handler knows about its run.

use super::rows::Model;
use super::{Lease, Policy};
use crate::platform::clock::Clock;
use crate::platform::db::Tx;
use crate::platform::error::Result;

/// What a handler knows about its run.
#[derive(Clone, Debug)]
pub struct JobContext {
    /// The job.
    pub job_id: i64,
    /// Which start this is; the first is 1. Crashed ones count.
    pub attempt: u32,
    /// How many starts it gets at most.
    pub attempts: u32,
    /// The right to write its results.
    pub lease: Lease,
}

impl JobContext {
    pub(super) fn of(row: &Model, policy: &Policy, clock: &Clock) -> Self {
        JobContext {
            job_id: row.id,
            attempt: u32::try_from(row.attempt).unwrap_or(u32::MAX),
            attempts: policy.attempts,
            lease: Lease {
                job: row.id,
                token: row.lease_token,
                length_ms: policy.lease_ms,
                clock: clock.clone(),
            },
        }
    }

    /// To be asked first in the transaction that writes the job's results; keeps the job ours until
    /// that transaction ends.
    ///
    /// Errors: `Internal` when another run has taken it over; nothing must be written then.
    pub async fn still_mine(&self, tx: &Tx) -> Result<()> {
        self.lease.still_mine(tx).await
    }

    /// Whether nobody will try again if this start fails.
    pub fn is_last_attempt(&self) -> bool {
        self.attempt >= self.attempts
    }
}
