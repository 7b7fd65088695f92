//! Publishing: from then on the link works.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::{Refusal, Result};
use crate::tables::events::{ActiveModel, EventState};

use super::{Event, store};

/// Publishes a draft. Publishing what is published already changes nothing.
///
/// Errors: `wrong_state` for a closed event (it is reopened instead).
pub async fn publish(tx: &Tx, event: &Event, now: At) -> Result<Event> {
    let event = store::lock(tx, event.id).await?;
    match event.state {
        EventState::Published => Ok(event),
        EventState::Closed => Err(Refusal::WrongState.into()),
        EventState::Draft => {
            let row = ActiveModel {
                state: Set(EventState::Published),
                published_at: Set(Some(event.published_at.unwrap_or(now))),
                revision: Set(event.revision + 1),
                ..event.into_active_model()
            };
            store::save(tx, row).await
        }
    }
}
