//! Erasing: what was in the trash long enough, or is deleted for ever by the host, loses its files.
//!
//! The row is marked first, with the job that deletes the objects in the same transaction: a crash in between leaves
//! a job, never a row whose files are gone unannounced. The row stays as a tombstone without content or
//! place, so that screens learn by revision that it is gone, and the same photo can be given anew.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::events::{self, Change};
use crate::imaging::RenditionSize;
use crate::platform::clock::{At, DAY_MS};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::hub::Hub;
use crate::platform::jobs;
use crate::tables::items::ActiveModel;
use crate::tables::{EventId, keys};

use super::jobs::ERASE_FILES;
use super::{Item, store, trashing};

/// Items of one event erased in one transaction.
const BATCH: usize = 100;

/// The payload of the job "erase_files".
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Erased {
    /// Public id.
    pub event: String,
    /// Public id.
    pub item: String,
}

/// Erases items of an event that are in its trash, and returns how many; all others are passed over.
///
/// Errors: `Invalid` for more than 1000.
pub async fn erase(
    tx: &Tx,
    hub: &Hub,
    event: EventId,
    public_ids: &[String],
    now: At,
) -> Result<usize> {
    if public_ids.len() > trashing::AT_ONCE {
        return Err(Error::field("items", "problem-too-many-items"));
    }
    let revision = events::touch(tx, event).await?;
    let event_public_id = events::by_id(tx, event).await?.public_id;
    let mut items = store::lock_many(tx, event, public_ids).await?;
    items.retain(|item| item.trashed_at.is_some());

    let mut change = Change::default();
    for item in &items {
        change.trashed_items -= 1;
        change.stored_bytes -= item.size_bytes;
        let files = Erased {
            event: event_public_id.clone(),
            item: item.public_id.clone(),
        };
        jobs::enqueue(tx, now, ERASE_FILES, &files).await?;
        store::save(tx, tombstone(item, revision, now)).await?;
    }
    let revision = events::count(tx, event, change).await?;
    hub.publish(tx, &events::topic(event), revision).await?;
    Ok(items.len())
}

/// What is left of an erased item. Its hash makes room for the same content given anew.
fn tombstone(item: &Item, revision: i64, now: At) -> ActiveModel {
    ActiveModel {
        sha256: Set(item.id.0.to_be_bytes().to_vec()),
        file_name: Set(String::new()),
        thumbhash: Set(None),
        camera: Set(None),
        latitude: Set(None),
        longitude: Set(None),
        renditions: Set(String::new()),
        erased_at: Set(Some(now)),
        revision: Set(revision),
        ..item.clone().into_active_model()
    }
}

/// Deletes the objects of an erased item. May be repeated.
pub async fn erase_files(app: &App, erased: &Erased) -> Result<()> {
    for size in RenditionSize::ALL {
        let key = keys::rendition(&erased.event, &erased.item, size.long_edge_px());
        app.storage.delete(&key).await?;
    }
    app.storage
        .delete(&keys::original(&erased.event, &erased.item))
        .await?;
    Ok(())
}

/// Erases what has been in the trash for `limits.trash_days`, and returns how many items.
pub async fn purge(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let before = now.plus_ms(-DAY_MS.saturating_mul(i64::from(app.config.limits.trash_days)));
    let mut done = 0;
    loop {
        let due = store::trashed_before(app.db.read(), before, BATCH as u64).await?;
        if due.is_empty() {
            return Ok(done);
        }
        let mut by_event: BTreeMap<EventId, Vec<String>> = BTreeMap::new();
        for item in due {
            by_event
                .entry(item.event_id)
                .or_default()
                .push(item.public_id);
        }
        for (event, items) in by_event {
            done += app
                .db
                .write(async |tx| erase(tx, &app.hub, event, &items, now).await)
                .await?;
        }
    }
}
