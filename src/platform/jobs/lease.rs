//! The right to do a job: held by one run at a time, fenced by a token that only grows.

use sea_orm::entity::prelude::*;

use super::rows::{self, Column, State};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, Tx};
use crate::platform::error::{Error, Result};

/// The right to do one job, from one start on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Lease {
    pub(super) job: i64,
    pub(super) token: i64,
    pub(super) length_ms: i64,
    pub(super) clock: Clock,
}

impl Lease {
    /// See [`JobContext::still_mine`](super::JobContext::still_mine).
    pub async fn still_mine(&self, tx: &Tx) -> Result<()> {
        if self.extend(tx).await? {
            Ok(())
        } else {
            Err(Error::internal(format!(
                "job {} was taken over by another run",
                self.job
            )))
        }
    }

    /// Gives a sign of life. False when the job is no longer ours.
    pub(super) async fn renew(&self, db: &Db) -> Result<bool> {
        db.write(async |tx| self.extend(tx).await).await
    }

    /// Writing, not reading: the row stays locked until `tx` ends, so nobody takes over in between.
    async fn extend(&self, tx: &Tx) -> Result<bool> {
        let until = self.clock.now().plus_ms(self.length_ms);
        let done = rows::Entity::update_many()
            .col_expr(Column::LeaseExpiresAt, Expr::value(until.ms()))
            .filter(Column::Id.eq(self.job))
            .filter(Column::LeaseToken.eq(self.token))
            .filter(Column::State.eq(State::Running))
            .exec(tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
