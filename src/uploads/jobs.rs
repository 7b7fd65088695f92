//! The sweep: gives up stale uploads and removes what a crash left in storage.

use futures::TryStreamExt as _;

use crate::app::App;
use crate::platform::clock::{At, HOUR_MS};
use crate::platform::error::Result;
use crate::tables::uploads::UploadState;

use super::{ending, store};

/// Unfinished objects younger than this are left alone, whatever the rows say.
const GRACE_MS: i64 = HOUR_MS;

/// Expires stale uploads, then deletes unfinished objects that belong to no open upload.
///
/// `now` is the storage's wall-clock time: its listing tells times by that clock.
pub async fn sweep(app: &App, now: At) -> Result<()> {
    let expired = ending::expire(app).await?;
    let mut orphans = 0;
    let mut unfinished = app.storage.unfinished(now.plus_ms(-GRACE_MS).ms());
    while let Some(object) = unfinished.try_next().await? {
        let is_needed = match object.upload() {
            Some(upload) => store::by_public_id(app.db.read(), upload)
                .await?
                .is_some_and(|upload| upload.state == UploadState::Open),
            None => false,
        };
        if !is_needed {
            app.storage.delete(&object.key).await?;
            orphans += 1;
        }
    }
    if expired + orphans > 0 {
        tracing::info!(
            uploads.expired = expired,
            objects.removed = orphans,
            "swept uploads"
        );
    }
    Ok(())
}
