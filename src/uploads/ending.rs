//! Ending uploads that become nothing: by their sender, by refusal, by expiry.

use crate::app::App;
use crate::events::{self, Event};
use crate::platform::error::Result;
use crate::tables::keys;
use crate::tables::uploads::UploadState;

use super::intake::unsigned;
use super::{Upload, store};

/// Ends an open upload as `state` and gives back its room and its bytes. One that is not open stays as it is.
pub async fn end(app: &App, event: &Event, upload: &Upload, state: UploadState) -> Result<()> {
    let was_open = app
        .db
        .write(async |tx| {
            let was_open = store::end(tx, upload.id, state).await?;
            if was_open {
                events::release(tx, event.id, unsigned(upload.length_bytes)).await?;
            }
            Ok(was_open)
        })
        .await?;
    if was_open {
        discard(app, event, upload).await;
    }
    Ok(())
}

/// Gives up uploads that got no byte for too long. Returns how many.
pub async fn expire(app: &App) -> Result<usize> {
    let expired = store::expired(app.db.read(), app.clock.now(), 500).await?;
    for upload in &expired {
        let event = events::by_id(app.db.read(), upload.event_id).await?;
        let _turn = app.turns.take(upload.id.0).await;
        end(app, &event, upload, UploadState::Expired).await?;
    }
    Ok(expired.len())
}

async fn discard(app: &App, event: &Event, upload: &Upload) {
    let key = keys::original(&event.public_id, &upload.item_public_id);
    let state = serde_json::from_str(&upload.parts).unwrap_or_default();
    if let Err(error) = app
        .storage
        .discard_parts(&upload.public_id, &key, &state)
        .await
    {
        tracing::warn!(%error, upload.id = %upload.id, "left objects of an ended upload to the sweep");
    }
}
