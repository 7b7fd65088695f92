//! Making an item ready: the job "renditions".
//!
//! The original is streamed from storage through the decoder child; the renditions go next to it, and the item becomes
//! ready, or failed with a reason when the file cannot be shown. Doing it again does no harm.

use sea_orm::ActiveValue::Set;
use sea_orm::IntoActiveModel as _;

use crate::app::App;
use crate::events::{self, Event};
use crate::imaging::pool::RenderError;
use crate::imaging::{Kind, Rendered};
use crate::platform::clock::{At, MINUTE_MS};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::platform::hub::Hub;
use crate::platform::jobs::{self, JobContext, Standing};
use crate::tables::items::{ActiveModel, ItemState};
use crate::tables::{ItemId, keys};

use super::jobs::{OfItem, RENDITIONS};
use super::{Item, capture, erasing, store};

/// An item that waits this long is asked after.
const FORGOTTEN_MS: i64 = 10 * MINUTE_MS;
/// `failure` of an item whose job was given up: not the file's fault.
const GIVEN_UP: &str = "given_up";

/// Asks for the renditions of an item and returns the job.
pub(super) async fn enqueue(tx: &Tx, item: ItemId, now: At) -> Result<i64> {
    jobs::enqueue(tx, now, RENDITIONS, &OfItem { item }).await
}

/// What became of an item.
pub(super) enum Outcome {
    /// It can be shown.
    Ready(Box<Rendered>),
    /// It cannot be shown, for this stable code.
    Failed(&'static str),
}

/// Makes the renditions of `item` and puts them into storage.
///
/// Errors: storage or the decoder child could not be used; trying later can help.
async fn make(app: &App, event: &Event, item: &Item) -> Result<Outcome> {
    let kind =
        Kind::parse(&item.format).ok_or_else(|| Error::internal("an item of unknown format"))?;
    let (info, original) = app
        .storage
        .get(&keys::original(&event.public_id, &item.public_id))
        .await?;
    let rendered = match app.pool.render(kind, info.size_bytes, original).await {
        Ok(rendered) => rendered,
        Err(RenderError::Hostile(failure)) => {
            tracing::info!(item.id = item.id.0, failure.code = failure.code.as_str(), %failure, "a file cannot be shown");
            return Ok(Outcome::Failed(failure.code.as_str()));
        }
        Err(RenderError::Trouble(words)) => return Err(Error::Unavailable(words)),
    };
    for rendition in &rendered.renditions {
        let key = keys::rendition(
            &event.public_id,
            &item.public_id,
            rendition.size.long_edge_px(),
        );
        app.storage
            .put(&key, rendition.bytes.clone(), rendition.size.content_type())
            .await?;
    }
    Ok(Outcome::Ready(Box::new(rendered)))
}

/// Writes what became of the item, and tells screens. Returns whether the item is still there to have it.
async fn finish(tx: &Tx, hub: &Hub, id: ItemId, event: &Event, outcome: &Outcome) -> Result<bool> {
    let revision = events::touch_and_tell(tx, hub, event.id).await?;
    let Some(item) = store::lock(tx, id)
        .await?
        .filter(|item| item.erased_at.is_none())
    else {
        return Ok(false);
    };
    let row = ActiveModel {
        revision: Set(revision),
        ..item.clone().into_active_model()
    };
    let row = match outcome {
        Outcome::Ready(rendered) => ready(row, rendered, event),
        Outcome::Failed(code) => ActiveModel {
            state: Set(ItemState::Failed),
            failure: Set(Some((*code).to_owned())),
            ..row
        },
    };
    store::save(tx, row).await?;
    Ok(true)
}

fn ready(row: ActiveModel, rendered: &Rendered, event: &Event) -> ActiveModel {
    let facts = &rendered.facts;
    let offset_s = facts.taken_offset_s.map(i64::from);
    let sizes: Vec<&str> = rendered
        .renditions
        .iter()
        .map(|rendition| rendition.size.as_str())
        .collect();
    let pixels = |px: u32| (px > 0).then_some(i64::from(px));
    ActiveModel {
        state: Set(ItemState::Ready),
        failure: Set(None),
        width_px: Set(pixels(rendered.width_px)),
        height_px: Set(pixels(rendered.height_px)),
        duration_ms: Set(facts.duration_ms),
        thumbhash: Set(rendered.thumbhash.clone()),
        renditions: Set(sizes.join(" ")),
        taken_local_ms: Set(facts.taken_local_ms),
        taken_offset_s: Set(offset_s),
        camera: Set(facts.camera.clone()),
        latitude: Set(facts.latitude),
        longitude: Set(facts.longitude),
        sort_at_ms: Set(capture::moment_ms(
            facts.taken_local_ms,
            offset_s,
            &event.zone,
        )),
        ..row
    }
}

/// Makes an item ready, or failed when its file cannot be shown. Nothing when it is one or the other, or erased.
///
/// Errors: storage or the decoder child cannot be used.
pub(super) async fn render(app: &App, context: &JobContext, id: ItemId) -> Result<()> {
    let Some((item, event)) = waiting(app, id).await? else {
        return Ok(());
    };
    let outcome = make(app, &event, &item).await?;
    let is_there = app
        .db
        .write(async |tx| {
            context.still_mine(tx).await?;
            finish(tx, &app.hub, id, &event, &outcome).await
        })
        .await?;
    if !is_there {
        // Erased meanwhile, and its files with it: so must be what was made since.
        let erased = erasing::Erased {
            event: event.public_id,
            item: item.public_id,
        };
        erasing::erase_files(app, &erased).await?;
    }
    Ok(())
}

/// Gives up, within a job or after its end: the item is shown as failed, its original can be downloaded.
pub(super) async fn give_up(app: &App, id: ItemId, context: Option<&JobContext>) -> Result<()> {
    let Some((_, event)) = waiting(app, id).await? else {
        return Ok(());
    };
    app.db
        .write(async |tx| {
            if let Some(context) = context {
                context.still_mine(tx).await?;
            }
            finish(tx, &app.hub, id, &event, &Outcome::Failed(GIVEN_UP)).await
        })
        .await?;
    Ok(())
}

/// The item with its event, if it still waits for its renditions.
async fn waiting(app: &App, id: ItemId) -> Result<Option<(Item, Event)>> {
    let Some(item) = store::find(app.db.read(), id).await? else {
        return Ok(None);
    };
    if item.state != ItemState::Received || item.erased_at.is_some() {
        return Ok(None);
    }
    let event = events::by_id(app.db.read(), item.event_id).await?;
    Ok(Some((item, event)))
}

/// Finds items whose job got lost or died with its workers, and returns how many.
pub async fn sweep(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let mut found = 0;
    for item in store::received_before(app.db.read(), now.plus_ms(-FORGOTTEN_MS), 1000).await? {
        let standing = match item.job_id {
            Some(job) => jobs::standing(app.db.read(), job).await?,
            None => None,
        };
        match standing {
            Some(Standing::Live) => continue,
            Some(Standing::Dead) => give_up(app, item.id, None).await?,
            Some(Standing::Done) | None => {
                app.db
                    .write(async |tx| {
                        let job = enqueue(tx, item.id, now).await?;
                        store::set_job(tx, item.id, job).await
                    })
                    .await?;
            }
        }
        tracing::warn!(
            item.id = item.id.0,
            job.id = item.job_id,
            "an item waited without a job"
        );
        found += 1;
    }
    Ok(found)
}
