//! Finishing: the last byte is there, and the upload becomes an item in one transaction.

use sea_orm::ConnectionTrait;

use crate::app::App;
use crate::events::{self, Event};
use crate::imaging::Kind;
use crate::media::{self, NewItem, Received};
use crate::platform::error::{Error, Result};
use crate::tables::keys;

use super::intake::unsigned;
use super::{Answer, Upload, store};

/// What the bytes were found to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    pub kind: Kind,
    pub sha256: [u8; 32],
    pub crc32: u32,
}

/// Makes the item, or joins the one with the same content. The bytes lie at their key already.
///
/// A crash before the commit leaves an open upload whose last bytes are sent again; one after it leaves
/// objects that the sweep removes.
pub(super) async fn finish(
    app: &App,
    event: &Event,
    upload: &Upload,
    writer: i64,
    content: Content,
) -> Result<Answer> {
    let now = app.clock.now();
    let new = NewItem {
        event,
        guest: upload.guest_id,
        public_id: &upload.item_public_id,
        kind: content.kind,
        sha256: content.sha256,
        crc32: content.crc32,
        size_bytes: unsigned(upload.length_bytes),
        file_name: &upload.file_name,
        modified_ms: upload.modified_ms,
    };
    let received = app
        .db
        .write(async |tx| {
            let received = media::receive(tx, &app.hub, new, now).await?;
            events::release(tx, event.id, unsigned(upload.length_bytes)).await?;
            let duplicate = matches!(received, Received::Joined(_));
            store::finish(tx, upload, writer, received.item().id, duplicate).await?;
            Ok(received)
        })
        .await?;
    tidy(app, event, upload, &received).await;

    let item = received.item();
    tracing::info!(
        event.id = %event.id,
        item.id = %item.id,
        item.size_bytes = item.size_bytes,
        item.is_duplicate = matches!(received, Received::Joined(_)),
        "received a file"
    );
    let upload = Upload {
        state: crate::tables::uploads::UploadState::Finished,
        offset_bytes: upload.length_bytes,
        item_id: Some(item.id),
        duplicate: matches!(received, Received::Joined(_)),
        ..upload.clone()
    };
    Ok(Answer {
        item: Some(item.public_id.clone()),
        upload,
    })
}

/// The public id of the item an upload became.
pub(super) async fn item_of(db: &impl ConnectionTrait, upload: &Upload) -> Result<String> {
    let item = upload
        .item_id
        .ok_or_else(|| Error::internal("a finished upload has an item"))?;
    Ok(media::by_id(db, item).await?.public_id)
}

/// Removes what is not needed any more. What fails here is found by the sweep.
async fn tidy(app: &App, event: &Event, upload: &Upload, received: &Received) {
    let had_parts = upload.offset_bytes > 0;
    let mut done = Ok(());
    if had_parts {
        done = app.storage.clear_parts(&upload.public_id).await;
    }
    if matches!(received, Received::Joined(_)) {
        let key = keys::original(&event.public_id, &upload.item_public_id);
        done = done.and(app.storage.delete(&key).await);
    }
    if let Err(error) = done {
        tracing::warn!(%error, upload.id = %upload.id, "left objects of a finished upload to the sweep");
    }
}
