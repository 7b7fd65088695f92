//! The trash for whole events: out of sight at once, back within 30 days.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::tables::events::ActiveModel;

use super::{Event, store};

/// Moves the event to the trash: guests and screens find it no more.
pub async fn trash(tx: &Tx, event: &Event, now: At) -> Result<Event> {
    set_trashed(tx, event, Some(now)).await
}

/// Takes it out of the trash, as it was.
pub async fn restore(tx: &Tx, event: &Event) -> Result<Event> {
    set_trashed(tx, event, None).await
}

async fn set_trashed(tx: &Tx, event: &Event, at: Option<At>) -> Result<Event> {
    let event = store::lock(tx, event.id).await?;
    let row = ActiveModel {
        trashed_at: Set(at),
        revision: Set(event.revision + 1),
        ..event.into_active_model()
    };
    store::save(tx, row).await
}
