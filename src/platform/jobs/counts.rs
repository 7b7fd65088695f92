//! What an admin wants to know and may do: how many jobs wait, run, were given up; try one again.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use super::queue::{self, Ticket};
use super::rows::{self, Column, State};
use super::wake;
use crate::platform::clock::At;
use crate::platform::db::{Db, Tx};
use crate::platform::error::{Error, Result};

/// How the jobs stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting, those for later included.
    pub queued: u64,
    /// Held by a worker.
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// For how long the oldest due job has waited, in milliseconds; 0 when none waits.
    pub oldest_ms: i64,
}

/// How the jobs stand at `now`.
pub async fn counts(db: &Db, now: At) -> Result<Counts> {
    let by_state: Vec<(State, i64)> = rows::Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "jobs")
        .filter(Column::State.ne(State::Done))
        .group_by(Column::State)
        .into_tuple()
        .all(db.read())
        .await?;
    let oldest = rows::Entity::find()
        .filter(Column::State.eq(State::Queued))
        .order_by_asc(Column::RunAt)
        .limit(1)
        .one(db.read())
        .await?;
    let of = |state| {
        let found = by_state.iter().find(|(found, _)| *found == state);
        found.map_or(0, |(_, jobs)| jobs.unsigned_abs())
    };
    Ok(Counts {
        queued: of(State::Queued),
        running: of(State::Running),
        dead: of(State::Dead),
        oldest_ms: oldest.map_or(0, |row| (now.ms() - row.run_at).max(0)),
    })
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    /// Its row.
    pub id: i64,
    /// What it was to do.
    pub kind: String,
    /// How often it was started.
    pub attempt: i64,
    /// When it was given up.
    pub finished_at: At,
    /// Why.
    pub last_error: String,
}

/// The jobs given up last, at most `most`.
pub async fn dead(db: &Db, most: u64) -> Result<Vec<Dead>> {
    let find = rows::Entity::find()
        .filter(Column::State.eq(State::Dead))
        .order_by_desc(Column::Id);
    let rows = find.limit(most).all(db.read()).await?;
    let dead = |row: rows::Model| Dead {
        id: row.id,
        kind: row.kind,
        attempt: row.attempt,
        finished_at: At(row.finished_at.unwrap_or(row.run_at)),
        last_error: row.last_error.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(dead).collect())
}

/// How one job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits or runs.
    Live,
    /// It was done.
    Done,
    /// It was given up.
    Dead,
}

/// How this job stands; none when it is not known (any more).
pub async fn standing(db: &impl ConnectionTrait, job: i64) -> Result<Option<Standing>> {
    let row = rows::Entity::find_by_id(job).one(db).await?;
    Ok(row.map(|row| match row.state {
        State::Queued | State::Running => Standing::Live,
        State::Done => Standing::Done,
        State::Dead => Standing::Dead,
    }))
}

/// Gives a dead letter a new life with all its attempts.
///
/// Errors: `NotFound` when there is no such dead letter.
pub async fn retry(tx: &Tx, job: i64, now: At) -> Result<()> {
    let row = rows::Entity::find_by_id(job)
        .filter(Column::State.eq(State::Dead))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    rows::Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Queued))
        .col_expr(Column::Attempt, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(now.ms()))
        .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None))
        .filter(Column::Id.eq(job))
        .exec(tx)
        .await?;
    let ticket = Ticket {
        job,
        token: row.lease_token + 1,
    };
    queue::put(tx, &row.kind, ticket, now).await?;
    wake::ring(tx, &row.kind, job).await
}
