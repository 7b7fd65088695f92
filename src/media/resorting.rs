//! Re-sorting: when the zone of an event changes, photos whose cameras named no offset stand elsewhere in time.

use crate::app::App;
use crate::events;
use crate::platform::error::Result;
use crate::tables::{EventId, ItemId};

use super::{capture, store};

/// Items looked at in one transaction.
const BATCH: u64 = 200;

/// Puts every such item of an event to its moment in the event's zone as it is now. Returns how many moved.
pub async fn resort(app: &App, event: EventId) -> Result<usize> {
    let mut moved = 0;
    let mut after = ItemId(0);
    loop {
        let (some, last) = app
            .db
            .write(async |tx| {
                // The event's row first: its zone and revision stay as they are until we are done.
                let revision = events::touch(tx, event).await?;
                let zone = events::by_id(tx, event).await?.zone;
                let items = store::without_offset(tx, event, after, BATCH).await?;
                let mut some = 0;
                for item in &items {
                    let moment_ms = capture::moment_ms(item.taken_local_ms, None, &zone);
                    if moment_ms != item.sort_at_ms {
                        store::set_moment(tx, item.id, moment_ms, revision).await?;
                        some += 1;
                    }
                }
                if some > 0 {
                    app.hub.publish(tx, &events::topic(event), revision).await?;
                }
                Ok((some, items.last().map(|item| item.id)))
            })
            .await?;
        moved += some;
        match last {
            Some(last) => after = last,
            None => return Ok(moved),
        }
    }
}
