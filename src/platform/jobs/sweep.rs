//! Finds what a crash left behind: leases that ran out, jobs that the queue lost, rows nobody needs.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use super::outcome::{self, Outcome};
use super::queue::{self, Ticket};
use super::registry::Registry;
use super::rows::{self, Column, Model, State};
use super::worker::Tools;
use super::{JobContext, runner};
use crate::platform::clock::{At, DAY_MS, SECOND_MS};
use crate::platform::error::Result;

/// How long done jobs are kept.
const KEPT_MS: i64 = 7 * DAY_MS;
/// How long a due job waits before we ask whether the queue still knows it.
const SUSPICIOUS_MS: i64 = 10 * SECOND_MS;
/// Rows looked at in one sweep.
const AT_ONCE: u64 = 200;

/// Puts back what nobody works on any more. Any number of instances may do so at once. Returns how many.
pub async fn sweep<A: Clone>(tools: &Tools, app: &A, registry: &Registry<A>) -> Result<usize> {
    let now = tools.clock.now();
    let mut found = 0;
    for row in expired(tools, now).await? {
        found += usize::from(take_back(tools, app, registry, row, now).await?);
    }
    for row in waiting_long(tools, now).await? {
        let ticket = Ticket {
            job: row.id,
            token: row.lease_token + 1,
        };
        if !queue::is_waiting(tools.db.read(), ticket).await? {
            found += usize::from(put_back(tools, row, ticket).await?);
        }
    }
    Ok(found)
}

/// Deletes jobs done more than a week ago. Returns how many.
pub async fn tidy(tools: &Tools) -> Result<u64> {
    let before = tools.clock.now().plus_ms(-KEPT_MS);
    let done = tools
        .db
        .write(async |tx| {
            Ok(rows::Entity::delete_many()
                .filter(Column::State.eq(State::Done))
                .filter(Column::FinishedAt.lt(before.ms()))
                .exec(tx)
                .await?)
        })
        .await?;
    Ok(done.rows_affected)
}

async fn expired(tools: &Tools, now: At) -> Result<Vec<Model>, DbErr> {
    rows::Entity::find()
        .filter(Column::State.eq(State::Running))
        .filter(Column::LeaseExpiresAt.lt(now.ms()))
        .limit(AT_ONCE)
        .all(tools.db.read())
        .await
}

async fn waiting_long(tools: &Tools, now: At) -> Result<Vec<Model>, DbErr> {
    rows::Entity::find()
        .filter(Column::State.eq(State::Queued))
        .filter(Column::RunAt.lt(now.plus_ms(-SUSPICIOUS_MS).ms()))
        .order_by_asc(Column::RunAt)
        .limit(AT_ONCE)
        .all(tools.db.read())
        .await
}

/// Its worker died or hung; this counts as an attempt, so that what kills workers ends some day.
async fn take_back<A: Clone>(
    tools: &Tools,
    app: &A,
    registry: &Registry<A>,
    row: Model,
    now: At,
) -> Result<bool> {
    let policy = registry.policy(&row.kind);
    let words = format!("its worker {} fell silent", row.lease_holder);
    let outcome = if row.attempt < i64::from(policy.attempts) {
        let wait_ms = policy.wait_ms(row.attempt, &tools.rng);
        Outcome::Again(now.plus_ms(wait_ms), words)
    } else {
        if let Some(kind) = registry.kinds.get(row.kind.as_str()) {
            let context = JobContext::of(&row, &policy, &tools.clock);
            if !runner::is_mourned(app.clone(), kind, context, &row.payload, &words).await {
                return Ok(false);
            }
        }
        Outcome::Dead(words)
    };
    let ticket = Ticket {
        job: row.id,
        token: row.lease_token,
    };
    let is_taken = tools
        .db
        .write(async |tx| {
            // A sign of life may have come in since we read; or, for a dead one, the feature gave it.
            let still = rows::Entity::find_by_id(row.id)
                .filter(Column::LeaseExpiresAt.lt(now.ms()))
                .lock_exclusive()
                .one(tx)
                .await?;
            if still.is_none() && !matches!(outcome, Outcome::Dead(_)) {
                return Ok(false);
            }
            outcome::write(tx, &row.kind, ticket, &outcome, now).await
        })
        .await?;
    if is_taken {
        tracing::warn!(
            job.id = row.id,
            job.kind = row.kind,
            job.attempt = row.attempt,
            job.is_dead = matches!(outcome, Outcome::Dead(_)),
            "took a job back from a worker that fell silent"
        );
    }
    Ok(is_taken)
}

async fn put_back(tools: &Tools, row: Model, ticket: Ticket) -> Result<bool> {
    let is_back = tools
        .db
        .write(async |tx| {
            let still = rows::Entity::find_by_id(row.id)
                .filter(Column::State.eq(State::Queued))
                .filter(Column::LeaseToken.eq(row.lease_token))
                .lock_exclusive()
                .one(tx)
                .await?;
            if still.is_some() {
                queue::put(tx, &row.kind, ticket, At(row.run_at)).await?;
            }
            Ok(still.is_some())
        })
        .await?;
    if is_back {
        tracing::warn!(
            job.id = row.id,
            job.kind = row.kind,
            "put a job back that the queue had lost"
        );
    }
    Ok(is_back)
}
