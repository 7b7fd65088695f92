//! Counters of an event, kept in its row so that no page ever counts; and its revision, by which screens
//! know that something changed.

use crate::platform::db::Tx;
use crate::platform::error::{Refusal, Result};
use crate::platform::hub::Hub;
use crate::tables::EventId;
use crate::tables::events::Column;

use super::{store, topic};

/// How counters change; negative takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Photos outside the trash.
    pub photos: i64,
    /// Videos outside the trash.
    pub videos: i64,
    /// Items in the trash.
    pub trashed_items: i64,
    /// Bytes of originals kept.
    pub stored_bytes: i64,
}

/// Applies `change` and returns the event's new revision.
pub async fn count(tx: &Tx, event: EventId, change: Change) -> Result<i64> {
    let changes = [
        (Column::Photos, change.photos),
        (Column::Videos, change.videos),
        (Column::TrashedItems, change.trashed_items),
        (Column::StoredBytes, change.stored_bytes),
    ];
    store::add(tx, event, &changes).await?;
    store::revision(tx, event).await
}

/// One more guest gave a first file.
pub async fn guest_gave(tx: &Tx, event: EventId) -> Result<()> {
    store::add(tx, event, &[(Column::Guests, 1)]).await
}

/// Something a screen may show changed: returns the new revision.
pub async fn touch(tx: &Tx, event: EventId) -> Result<i64> {
    count(tx, event, Change::default()).await
}

/// [`touch`], and screens are told once it is durable.
pub async fn touch_and_tell(tx: &Tx, hub: &Hub, event: EventId) -> Result<i64> {
    let revision = touch(tx, event).await?;
    hub.publish(tx, &topic(event), revision).await?;
    Ok(revision)
}

/// Reserves room for an announced upload of `bytes`; `limit_bytes` is the most an event may keep, 0 = no limit.
///
/// Errors: `storage_full`.
pub async fn reserve(tx: &Tx, event: EventId, bytes: u64, limit_bytes: u64) -> Result<()> {
    let row = store::lock(tx, event).await?;
    let taken = row
        .stored_bytes
        .saturating_add(row.reserved_bytes)
        .max(0)
        .unsigned_abs();
    if limit_bytes > 0 && taken.saturating_add(bytes) > limit_bytes {
        return Err(Refusal::StorageFull.into());
    }
    store::add(tx, event, &[(Column::ReservedBytes, signed(bytes))]).await
}

/// Gives back what was reserved, at finish, end or expiry.
pub async fn release(tx: &Tx, event: EventId, bytes: u64) -> Result<()> {
    store::add(tx, event, &[(Column::ReservedBytes, -signed(bytes))]).await
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
