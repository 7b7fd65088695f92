//! How a run ends: done, once more later, or given up. Each is written only by whoever still holds it.

use sea_orm::entity::prelude::*;

use super::queue::{self, Ticket};
use super::rows::{self, Column, State};
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its results are written.
    Done,
    /// To be begun again at the moment, for the reason.
    Again(At, String),
    /// Interrupted through no fault of its own: to be begun again at once, and not counted.
    Released,
    /// Given up for the reason.
    Dead(String),
}

/// Writes how the run `ticket` of a job of `kind` ended. False when it was taken over meanwhile: then
/// nothing is written.
pub async fn write(
    tx: &Tx,
    kind: &str,
    ticket: Ticket,
    outcome: &Outcome,
    now: At,
) -> Result<bool> {
    let update = rows::Entity::update_many()
        .col_expr(Column::LeaseHolder, Expr::value(""))
        .col_expr(Column::LeaseExpiresAt, Expr::value(0))
        .filter(Column::Id.eq(ticket.job))
        .filter(Column::LeaseToken.eq(ticket.token))
        .filter(Column::State.eq(State::Running));
    let update = match outcome {
        Outcome::Done => update
            .col_expr(Column::State, Expr::value(State::Done))
            .col_expr(Column::FinishedAt, Expr::value(now.ms())),
        Outcome::Again(at, words) => update
            .col_expr(Column::State, Expr::value(State::Queued))
            .col_expr(Column::RunAt, Expr::value(at.ms()))
            .col_expr(Column::LastError, Expr::value(words.as_str())),
        Outcome::Released => update
            .col_expr(Column::State, Expr::value(State::Queued))
            .col_expr(Column::Attempt, Expr::col(Column::Attempt).sub(1)),
        Outcome::Dead(words) => update
            .col_expr(Column::State, Expr::value(State::Dead))
            .col_expr(Column::FinishedAt, Expr::value(now.ms()))
            .col_expr(Column::LastError, Expr::value(words.as_str())),
    };
    if update.exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    queue::remove(tx, &ticket.id()).await?;
    let next = Ticket {
        token: ticket.token + 1,
        ..ticket
    };
    match outcome {
        Outcome::Again(at, _) => queue::put(tx, kind, next, *at).await?,
        Outcome::Released => queue::put(tx, kind, next, now).await?,
        Outcome::Done | Outcome::Dead(_) => {}
    }
    Ok(true)
}
