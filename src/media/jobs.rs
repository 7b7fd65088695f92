//! The jobs of media: what becomes of an item after its upload, and of its files after its end.

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::events::OfEvent;
use crate::platform::jobs::{Failure, JobContext};
use crate::tables::ItemId;

use super::{Erased, erasing, rendering, resorting};

/// Kind of the job that makes an item ready; its payload is [`OfItem`].
pub const RENDITIONS: &str = "renditions";
/// Kind of the job that deletes what an erased item left in storage; its payload is [`Erased`].
pub const ERASE_FILES: &str = "erase_files";

/// A payload that names an item.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct OfItem {
    /// Row of the item.
    pub item: ItemId,
}

/// Makes the renditions. When nobody will try again, the item is shown as failed.
pub async fn renditions(app: App, context: JobContext, of: OfItem) -> Result<(), Failure> {
    let done = rendering::render(&app, &context, of.item)
        .await
        .map_err(Failure::from);
    let is_last = matches!(done, Err(Failure::GiveUp(_))) || context.is_last_attempt();
    if done.is_err() && is_last {
        rendering::give_up(&app, of.item, Some(&context)).await?;
    }
    done
}

/// Deletes the files of an erased item.
pub async fn erase_files(app: App, _context: JobContext, erased: Erased) -> Result<(), Failure> {
    Ok(erasing::erase_files(&app, &erased).await?)
}

/// Puts the photos of an event into their order again, after its zone changed.
pub async fn resort(app: App, _context: JobContext, of: OfEvent) -> Result<(), Failure> {
    resorting::resort(&app, of.event).await?;
    Ok(())
}
