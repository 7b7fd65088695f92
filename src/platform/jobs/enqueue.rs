//! Promising a job, in the transaction that makes it necessary.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::queue::{self, Ticket};
use super::rows::{self, State};
use super::{trace, wake};
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;

/// Promises a job of `kind`, to be done as soon as `tx` commits and a place is free; returns its id.
///
/// It exists if and only if `tx` commits. `payload` is the handler's, as JSON.
pub async fn enqueue(tx: &Tx, now: At, kind: &str, payload: &impl Serialize) -> Result<i64> {
    enqueue_at(tx, now, now, kind, payload).await
}

/// As [`enqueue`], but not to be begun before `run_at` (the queue counts in seconds: up to 2 s early).
pub async fn enqueue_at(
    tx: &Tx,
    now: At,
    run_at: At,
    kind: &str,
    payload: &impl Serialize,
) -> Result<i64> {
    let row = rows::ActiveModel {
        id: NotSet,
        kind: Set(kind.to_owned()),
        payload: Set(serde_json::to_string(payload)?),
        state: Set(State::Queued),
        attempt: Set(0),
        run_at: Set(run_at.ms()),
        lease_holder: Set(String::new()),
        lease_token: Set(0),
        lease_expires_at: Set(0),
        last_error: Set(None),
        trace_parent: Set(trace::current()),
        created_at: Set(now.ms()),
        finished_at: Set(None),
    };
    let job = rows::Entity::insert(row).exec(tx).await?.last_insert_id;
    queue::put(tx, kind, Ticket { job, token: 1 }, run_at).await?;
    wake::ring(tx, kind, job).await?;
    Ok(job)
}
