//! What goes into an export: every original the host keeps, in capture order.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sea_orm::ConnectionTrait;

use crate::events::Event;
use crate::media::Item;
use crate::platform::clock::At;
use crate::platform::error::{Error, Result};
use crate::tables::items::UNDATED;
use crate::tables::keys;

use super::names::Names;
use super::{Archive, Entry, store};

/// The archive of all originals of `event` that are not in the trash.
pub async fn collect(db: &impl ConnectionTrait, event: &Event) -> Result<Archive> {
    let items = store::kept(db, event).await?;
    let zone = TimeZone::get(&event.zone).unwrap_or(TimeZone::UTC);
    let mut names = Names::default();
    let entries: Result<Vec<Entry>> = items
        .iter()
        .map(|item| entry(event, item, &zone, &mut names))
        .collect();
    Ok(Archive::of(entries?))
}

fn entry(event: &Event, item: &Item, zone: &TimeZone, names: &mut Names) -> Result<Entry> {
    let is_dated = item.sort_at_ms != UNDATED;
    let moment = if is_dated {
        At(item.sort_at_ms)
    } else {
        item.received_at
    };
    let shown = item.taken_local_ms.filter(|_| is_dated).and_then(as_shown);
    Ok(Entry {
        name: names.give(&item.file_name),
        key: keys::original(&event.public_id, &item.public_id),
        size_bytes: u64::try_from(item.size_bytes).map_err(Error::internal)?,
        crc32: u32::try_from(item.crc32).map_err(Error::internal)?,
        moment,
        local_time: shown.unwrap_or_else(|| zone.to_datetime(moment.timestamp())),
    })
}

/// What a camera's clock showed, kept as ms as if it were UTC.
fn as_shown(local_ms: i64) -> Option<DateTime> {
    let moment = jiff::Timestamp::from_millisecond(local_ms).ok()?;
    Some(TimeZone::UTC.to_datetime(moment))
}
