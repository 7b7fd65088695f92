//! A change of zone: what was sorted by the old one must be sorted anew, by a job of whoever sorted it.

use serde::{Deserialize, Serialize};

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::jobs;
use crate::tables::EventId;

use super::Event;

/// Kind of the job that follows a change of zone; its payload is [`OfEvent`].
pub const ZONE_CHANGED: &str = "zone_changed";

/// A payload that names an event.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct OfEvent {
    /// Row of the event.
    pub event: EventId,
}

/// Asks for what follows from the event's new zone, in the transaction that sets it.
pub async fn zone_changed(tx: &Tx, event: &Event, now: At) -> Result<()> {
    jobs::enqueue(tx, now, ZONE_CHANGED, &OfEvent { event: event.id }).await?;
    Ok(())
}
