//! The trash: what the host moves there is not seen by guests, and can be taken back until it is erased.

use crate::events::{self, Change, Event};
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::hub::Hub;
use crate::tables::ItemId;
use crate::tables::items::ItemKind;

use super::{Item, store};

/// Most items one request may name.
pub(super) const AT_ONCE: usize = 1000;

/// Moves items into the trash and returns how many; those of another event, erased or there already are passed over.
///
/// Errors: `Invalid` for more than 1000.
pub async fn trash(
    tx: &Tx,
    hub: &Hub,
    event: &Event,
    public_ids: &[String],
    now: At,
) -> Result<usize> {
    put(tx, hub, event, public_ids, Some(now)).await
}

/// Takes items out of the trash and returns how many.
///
/// Errors: `Invalid` for more than 1000.
pub async fn restore(tx: &Tx, hub: &Hub, event: &Event, public_ids: &[String]) -> Result<usize> {
    put(tx, hub, event, public_ids, None).await
}

async fn put(
    tx: &Tx,
    hub: &Hub,
    event: &Event,
    public_ids: &[String],
    at: Option<At>,
) -> Result<usize> {
    if public_ids.len() > AT_ONCE {
        return Err(Error::field("items", "problem-too-many-items"));
    }
    // The event's row first: all changes of one event follow each other.
    let revision = events::touch(tx, event.id).await?;
    let mut items = store::lock_many(tx, event.id, public_ids).await?;
    items.retain(|item| item.trashed_at.is_some() != at.is_some());
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    store::set_trashed(tx, &ids, at, revision).await?;

    let sign = if at.is_some() { -1 } else { 1 };
    let mut change = Change::default();
    for item in &items {
        let one = counted(item, sign);
        change.photos += one.photos;
        change.videos += one.videos;
        change.trashed_items -= sign;
    }
    let revision = events::count(tx, event.id, change).await?;
    hub.publish(tx, &events::topic(event.id), revision).await?;
    Ok(items.len())
}

/// One item more (or less, with −1) outside the trash.
pub(super) fn counted(item: &Item, sign: i64) -> Change {
    match item.kind {
        ItemKind::Photo => Change {
            photos: sign,
            ..Change::default()
        },
        ItemKind::Video => Change {
            videos: sign,
            ..Change::default()
        },
    }
}
