//! Receiving: a finished upload becomes an item, or joins the one with the same content.

use sea_orm::ActiveValue::{NotSet, Set};

use crate::events::{self, Change, Event};
use crate::imaging::Kind;
use crate::platform::clock::{At, DAY_MS};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::hub::Hub;
use crate::tables::GuestId;
use crate::tables::events::Moderation;
use crate::tables::items::{ActiveModel, Approval, ItemKind, ItemState, UNDATED};

use super::{Item, rendering, store};

/// What an upload knows of the file it brought.
#[derive(Clone, Copy, Debug)]
pub struct NewItem<'a> {
    /// Where it belongs.
    pub event: &'a Event,
    /// Who gave it; none when the host did.
    pub guest: Option<GuestId>,
    /// The public id under whose key the original lies.
    pub public_id: &'a str,
    /// By content.
    pub kind: Kind,
    /// Of the original.
    pub sha256: [u8; 32],
    /// Of the original.
    pub crc32: u32,
    /// Of the original.
    pub size_bytes: u64,
    /// As the device named it; see [`safe_file_name`](super::safe_file_name).
    pub file_name: &'a str,
    /// The file's own time as the device tells it, ms since 1970 UTC.
    pub modified_ms: Option<i64>,
}

/// What became of a finished upload.
#[derive(Clone, Debug)]
pub enum Received {
    /// The bytes are this item's original.
    New(Item),
    /// This item has the same content already: the upload's own bytes are not needed.
    Joined(Item),
}

impl Received {
    /// The item, new or joined.
    pub fn item(&self) -> &Item {
        match self {
            Received::New(item) | Received::Joined(item) => item,
        }
    }
}

/// Takes a finished upload in, within the uploader's transaction: item, submission, counters, the job that makes the
/// renditions, and news for screens. Whoever sends the same content at the same moment joins.
///
/// An item in the trash that is sent again stays there. An item sent again by a guest who took it back is given again.
pub async fn receive(tx: &Tx, hub: &Hub, new: NewItem<'_>, now: At) -> Result<Received> {
    // The event's row is locked from here on: revisions become visible in their order.
    let revision = events::touch(tx, new.event.id).await?;
    let is_new = store::insert(tx, row(new, revision, now)?).await?;
    let item = store::by_content(tx, new.event.id, &new.sha256)
        .await?
        .ok_or(Error::NotFound)?;

    let file_name = super::safe_file_name(new.file_name, new.kind);
    let is_given = store::submit(tx, &item, new.guest, &file_name, now).await?;
    if let Some(guest) = new.guest.filter(|_| is_given)
        && store::count_submission(tx, guest).await? == 1
    {
        events::guest_gave(tx, new.event.id).await?;
    }
    if is_new {
        let job = rendering::enqueue(tx, item.id, now).await?;
        store::set_job(tx, item.id, job).await?;
    }
    if is_new || is_given {
        let revision = events::count(tx, new.event.id, change(&item, is_new)).await?;
        hub.publish(tx, &events::topic(new.event.id), revision)
            .await?;
    }
    // Same public id: the same upload came twice, and its bytes are in use.
    Ok(if is_new || item.public_id == new.public_id {
        Received::New(item)
    } else {
        Received::Joined(item)
    })
}

fn row(new: NewItem<'_>, revision: i64, now: At) -> Result<ActiveModel> {
    let approval = match new.event.moderation {
        Moderation::Off => Approval::Open,
        Moderation::HoldAll | Moderation::HoldWall => Approval::Held,
    };
    Ok(ActiveModel {
        id: NotSet,
        public_id: Set(new.public_id.to_owned()),
        event_id: Set(new.event.id),
        kind: Set(if new.kind.is_video() {
            ItemKind::Video
        } else {
            ItemKind::Photo
        }),
        format: Set(new.kind.as_str().to_owned()),
        state: Set(ItemState::Received),
        failure: Set(None),
        job_id: Set(None),
        approval: Set(approval),
        sha256: Set(new.sha256.to_vec()),
        crc32: Set(i64::from(new.crc32)),
        size_bytes: Set(i64::try_from(new.size_bytes).map_err(Error::internal)?),
        file_name: Set(super::safe_file_name(new.file_name, new.kind)),
        width_px: Set(None),
        height_px: Set(None),
        duration_ms: Set(None),
        thumbhash: Set(None),
        renditions: Set(String::new()),
        taken_local_ms: Set(None),
        taken_offset_s: Set(None),
        camera: Set(None),
        latitude: Set(None),
        longitude: Set(None),
        sort_at_ms: Set(new
            .modified_ms
            .filter(|ms| is_plausible(*ms, now))
            .unwrap_or(UNDATED)),
        received_at: Set(now),
        trashed_at: Set(None),
        erased_at: Set(None),
        revision: Set(revision),
    })
}

/// Until its metadata is read, a file stands where its own time puts it, if that can be true: after 1980, the first
/// moment FAT can tell, and not in the future.
fn is_plausible(modified_ms: i64, now: At) -> bool {
    const YEAR_1980_MS: i64 = 315_532_800_000;
    (YEAR_1980_MS + 1..=now.plus_ms(DAY_MS).ms()).contains(&modified_ms)
}

fn change(item: &Item, is_new: bool) -> Change {
    if !is_new {
        return Change::default();
    }
    Change {
        stored_bytes: item.size_bytes,
        ..super::trashing::counted(item, 1)
    }
}
