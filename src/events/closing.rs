//! Closing: the link still works, uploads are over. Reopening undoes it.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;

use crate::platform::db::Tx;
use crate::platform::error::{Refusal, Result};
use crate::tables::events::{ActiveModel, EventState};

use super::{Event, store};

/// Closes a published event; an upload under way may still finish.
///
/// Errors: `wrong_state` for a draft.
pub async fn close(tx: &Tx, event: &Event) -> Result<Event> {
    become_state(tx, event, EventState::Closed).await
}

/// Takes uploads again.
///
/// Errors: `wrong_state` for a draft.
pub async fn reopen(tx: &Tx, event: &Event) -> Result<Event> {
    become_state(tx, event, EventState::Published).await
}

async fn become_state(tx: &Tx, event: &Event, state: EventState) -> Result<Event> {
    let event = store::lock(tx, event.id).await?;
    if event.state == EventState::Draft {
        return Err(Refusal::WrongState.into());
    }
    let row = ActiveModel {
        state: Set(state),
        revision: Set(event.revision + 1),
        ..event.into_active_model()
    };
    store::save(tx, row).await
}
