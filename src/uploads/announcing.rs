//! Announcing an upload: everything that can be refused before a byte flows is refused here.

use sea_orm::ActiveValue::{NotSet, Set};

use crate::app::App;
use crate::events::{self, Event};
use crate::platform::clock::{At, HOUR_MS, MINUTE_MS};
use crate::platform::config::Limits;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::limits::{self, Limit};
use crate::tables::GuestId;
use crate::tables::uploads::{ActiveModel, UploadState};

use super::{Upload, store};

/// What a device says of a file before it sends it.
#[derive(Clone, Debug, Default)]
pub struct Announcement {
    /// Size, in bytes.
    pub length_bytes: u64,
    /// As the device calls it; any text.
    pub file_name: String,
    /// The file's own time, ms since 1970 UTC.
    pub modified_ms: Option<i64>,
}

/// Makes an upload and reserves its room.
///
/// Errors: `event_closed`, `empty_file`, `TooLarge`, `storage_full`, `TooMany`.
pub async fn announce(
    app: &App,
    event: &Event,
    guest: GuestId,
    announcement: &Announcement,
) -> Result<Upload> {
    let (limits, now) = (&app.config.limits, app.clock.now());
    events::accepts_uploads(event, now)?;
    let length = announcement.length_bytes;
    if length == 0 {
        return Err(Refusal::EmptyFile.into());
    }
    if length > limits.file_bytes {
        return Err(Error::TooLarge {
            limit_bytes: limits.file_bytes,
        });
    }
    let often = Limit {
        times: limits.uploads_per_minute,
        window_ms: MINUTE_MS,
    };
    limits::count(&app.db, &format!("uploads:{guest}"), often, now).await?;

    let row = ActiveModel {
        id: NotSet,
        public_id: Set(app.rng.public_id()),
        event_id: Set(event.id),
        guest_id: Set(Some(guest)),
        item_public_id: Set(app.rng.public_id()),
        state: Set(UploadState::Open),
        length_bytes: Set(i64::try_from(length).map_err(Error::internal)?),
        offset_bytes: Set(0),
        file_name: Set(announcement.file_name.chars().take(1_000).collect()),
        modified_ms: Set(announcement.modified_ms),
        format: Set(None),
        head: Set(None),
        sha256_state: Set(None),
        crc32_state: Set(0),
        parts: Set("{}".to_owned()),
        writer: Set(0),
        item_id: Set(None),
        duplicate: Set(false),
        created_at: Set(now),
        touched_at: Set(now),
        expires_at: Set(expiry(limits, now)),
    };
    app.db
        .write(async |tx| {
            events::reserve(tx, event.id, length, limits.event_bytes).await?;
            store::insert(tx, row).await
        })
        .await
}

/// When an upload that gets no more bytes after `now` is given up.
pub(super) fn expiry(limits: &Limits, now: At) -> At {
    now.plus_ms(i64::from(limits.upload_expiry_h) * HOUR_MS)
}
