//! When an event takes uploads and shows itself to guests.

use crate::platform::clock::At;
use crate::platform::error::{Refusal, Result};
use crate::tables::events::EventState;

use super::Event;

/// Whether guests find the event at all: published or closed, and not in the trash.
pub fn is_open_to_guests(event: &Event) -> bool {
    event.trashed_at.is_none() && event.state != EventState::Draft
}

/// Whether a new upload may begin now.
///
/// Errors: `event_closed`.
pub fn accepts_uploads(event: &Event, now: At) -> Result<()> {
    let is_open = event.state == EventState::Published
        && event.trashed_at.is_none()
        && event.uploads_open_at.is_none_or(|opens| opens <= now)
        && event.uploads_close_at.is_none_or(|closes| now < closes);
    if is_open {
        Ok(())
    } else {
        Err(Refusal::EventClosed.into())
    }
}
