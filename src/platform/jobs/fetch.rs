//! Taking a job: from the queue and under a lease, in one transaction.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use super::queue::{self, Taken, Ticket};
use super::rows::{self, Column, State};
use super::worker::Tools;
use super::{JobContext, Policy};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};

/// A job and the right to do it.
#[derive(Clone, Debug)]
pub struct Start {
    pub row: rows::Model,
    pub context: JobContext,
}

/// Takes the next due job of `kind` from the queue.
pub async fn next(
    tools: &Tools,
    holder: &str,
    kind: &'static str,
    policy: Policy,
) -> Result<Option<Start>> {
    let worker = tools.worker_name(kind);
    tools
        .db
        .write(async |tx| {
            while let Some(taken) = queue::take(tx, &worker, kind, tools.clock.now()).await? {
                let start = match taken.ticket {
                    Some(ticket) => claim(tx, tools, holder, ticket, policy).await?,
                    None => bury(tx, tools, kind, &taken).await?,
                };
                if start.is_some() {
                    return Ok(start);
                }
                queue::remove(tx, &taken.id).await?;
            }
            Ok(None)
        })
        .await
}

/// Takes the next due job of any of `kinds` by our own clock, whatever the queue says.
pub async fn next_by_hand(
    tools: &Tools,
    holder: &str,
    kinds: &[(&'static str, Policy)],
) -> Result<Option<Start>> {
    tools
        .db
        .write(async |tx| {
            let row = rows::Entity::find()
                .filter(Column::State.eq(State::Queued))
                .filter(Column::Kind.is_in(kinds.iter().map(|(name, _)| *name)))
                .filter(Column::RunAt.lte(tools.clock.now().ms()))
                .order_by_asc(Column::RunAt)
                .order_by_asc(Column::Id)
                .limit(1)
                .one(tx)
                .await?;
            let Some(row) = row else {
                return Ok(None);
            };
            let policy = kinds
                .iter()
                .find(|(name, _)| *name == row.kind)
                .map(|(_, policy)| *policy)
                .unwrap_or_default();
            let ticket = Ticket {
                job: row.id,
                token: row.lease_token + 1,
            };
            claim(tx, tools, holder, ticket, policy).await
        })
        .await
}

/// Begins the run that `ticket` stands for. None when that run was begun before, or the job is no more.
async fn claim(
    tx: &Tx,
    tools: &Tools,
    holder: &str,
    ticket: Ticket,
    policy: Policy,
) -> Result<Option<Start>> {
    let until = tools.clock.now().plus_ms(policy.lease_ms);
    let done = rows::Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Running))
        .col_expr(Column::Attempt, Expr::col(Column::Attempt).add(1))
        .col_expr(Column::LeaseHolder, Expr::value(holder))
        .col_expr(Column::LeaseToken, Expr::value(ticket.token))
        .col_expr(Column::LeaseExpiresAt, Expr::value(until.ms()))
        .filter(Column::Id.eq(ticket.job))
        .filter(Column::State.eq(State::Queued))
        .filter(Column::LeaseToken.eq(ticket.token - 1))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(None);
    }
    let row = rows::Entity::find_by_id(ticket.job)
        .one(tx)
        .await?
        .ok_or_else(|| Error::internal("the row was updated in this transaction"))?;
    let context = JobContext::of(&row, &policy, &tools.clock);
    Ok(Some(Start { row, context }))
}

/// A row that we did not put there becomes a dead letter, so that somebody sees it.
async fn bury(tx: &Tx, tools: &Tools, kind: &str, taken: &Taken) -> Result<Option<Start>> {
    let now = tools.clock.now().ms();
    tracing::error!(job.kind = kind, "a row of the queue could not be read");
    let row = rows::ActiveModel {
        id: NotSet,
        kind: Set(kind.to_owned()),
        payload: Set(taken.payload.clone()),
        state: Set(State::Dead),
        attempt: Set(0),
        run_at: Set(now),
        lease_holder: Set(String::new()),
        lease_token: Set(0),
        lease_expires_at: Set(0),
        last_error: Set(Some("the queue's row could not be read".to_owned())),
        trace_parent: Set(None),
        created_at: Set(now),
        finished_at: Set(Some(now)),
    };
    rows::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(None)
}
