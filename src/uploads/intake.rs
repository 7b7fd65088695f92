//! Taking bytes in: through the hashes into storage, recorded where they are durable.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _};

use crate::app::App;
use crate::events::Event;
use crate::imaging::{Kind, SNIFF_BYTES, sniff};
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::storage::{Checkpoint, PART_BYTES, PartsWriter, StorageError};
use crate::platform::turns::Turn;
use crate::tables::keys;
use crate::tables::uploads::UploadState;

use super::announcing::expiry;
use super::checksum::Checksum;
use super::hashes::Hashes;
use super::store::{self, Progress};
use super::{Upload, ending, finishing};

/// How long a body may stand still before the request counts as cut.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where an upload stands after a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The row.
    pub upload: Upload,
    /// The public id of the item it became.
    pub item: Option<String>,
}

/// Where the upload stands, after a request that may still be writing kept what it has.
///
/// Errors: `upload_gone`.
pub async fn settle(app: &App, upload: &Upload) -> Result<Answer> {
    let _turn = app.turns.take(upload.id.0).await;
    let upload = store::again(app.db.read(), upload.id).await?;
    look(app, upload).await
}

/// Adds `body` at `offset_bytes`. When the body breaks off, what came before is kept, unless a checksum was
/// to hold for all of it. With the last byte the upload becomes an item; asked again, the answer is the same.
///
/// Errors: `offset_mismatch`, `upload_gone`, `upload_taken`, `checksum_mismatch`, `wrong_kind` (ends the upload),
/// `TooLarge`, `Unavailable`.
pub async fn append(
    app: &App,
    event: &Event,
    upload: &Upload,
    offset_bytes: u64,
    checksum: Option<Checksum>,
    body: impl Stream<Item = std::io::Result<Bytes>> + Send,
) -> Result<Answer> {
    let turn = app.turns.take(upload.id.0).await;
    let answer = look(app, store::again(app.db.read(), upload.id).await?).await?;
    if unsigned(answer.upload.offset_bytes) != offset_bytes {
        return Err(Refusal::OffsetMismatch.into());
    }
    if answer.item.is_some() {
        return Ok(answer);
    }
    let upload = answer.upload;
    let writer = app
        .db
        .write(async |tx| store::claim(tx, &upload).await)
        .await?;
    let mut writing = Writing::begin(app, event, upload, writer, checksum).await?;
    match writing.take_all(&turn, body).await {
        Ok(()) => writing.settle().await,
        Err(error) => Err(writing.give_up(error).await),
    }
}

async fn look(app: &App, upload: Upload) -> Result<Answer> {
    match upload.state {
        UploadState::Ended | UploadState::Expired => Err(Refusal::UploadGone.into()),
        UploadState::Open if upload.expires_at <= app.clock.now() => {
            Err(Refusal::UploadGone.into())
        }
        UploadState::Open => Ok(Answer { upload, item: None }),
        UploadState::Finished => {
            let item = finishing::item_of(app.db.read(), &upload).await?;
            Ok(Answer {
                upload,
                item: Some(item),
            })
        }
    }
}

/// One request's writing.
struct Writing<'a> {
    app: &'a App,
    event: &'a Event,
    upload: Upload,
    writer: i64,
    parts: PartsWriter,
    hashes: Hashes,
    checksum: Option<Checksum>,
    /// The first bytes, while the kind is not known.
    head: Vec<u8>,
    kind: Option<Kind>,
}

impl<'a> Writing<'a> {
    async fn begin(
        app: &'a App,
        event: &'a Event,
        upload: Upload,
        writer: i64,
        checksum: Option<Checksum>,
    ) -> Result<Writing<'a>> {
        let key = keys::original(&event.public_id, &upload.item_public_id);
        let state = serde_json::from_str(&upload.parts)?;
        let offset = unsigned(upload.offset_bytes);
        let resumed = app
            .storage
            .resume_parts(&upload.public_id, &key, state, offset)
            .await;
        let parts = resumed.map_err(|error| match error {
            // The acknowledged bytes are gone: the client must begin anew.
            StorageError::Missing => Error::Refused(Refusal::UploadGone),
            other => other.into(),
        })?;
        let hashes = Hashes::resume(upload.sha256_state.as_deref(), upload.crc32_state)?;
        let head = upload.head.clone().unwrap_or_default();
        let kind = upload.format.as_deref().and_then(Kind::parse);
        Ok(Writing {
            app,
            event,
            upload,
            writer,
            parts,
            hashes,
            checksum,
            head,
            kind,
        })
    }

    fn length(&self) -> u64 {
        unsigned(self.upload.length_bytes)
    }

    async fn take_all(
        &mut self,
        turn: &Turn,
        body: impl Stream<Item = std::io::Result<Bytes>>,
    ) -> Result<()> {
        let mut body = pin!(body);
        loop {
            let next = tokio::select! {
                biased;
                () = turn.let_go.cancelled() => return Err(Refusal::UploadTaken.into()),
                next = tokio::time::timeout(PATIENCE, body.next()) => next,
            };
            let Ok(next) = next else {
                return Err(Error::Unavailable("the body stood still".to_owned()));
            };
            match next {
                None => return Ok(()),
                Some(Ok(bytes)) => self.take(bytes).await?,
                // The connection was cut: nobody reads the answer, but what came is kept.
                Some(Err(cut)) => {
                    return Err(Error::Unavailable(format!("the body broke off: {cut}")));
                }
            }
        }
    }

    async fn take(&mut self, mut bytes: Bytes) -> Result<()> {
        if self.parts.offset() + bytes.len() as u64 > self.length() {
            return Err(Error::TooLarge {
                limit_bytes: self.length(),
            });
        }
        while !bytes.is_empty() {
            // Cut at the boundaries of parts, so that the hashes stand where a checkpoint stands.
            let room = PART_BYTES - self.parts.offset() % PART_BYTES;
            let fits = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
            self.take_within_part(bytes.split_to(fits)).await?;
        }
        Ok(())
    }

    async fn take_within_part(&mut self, bytes: Bytes) -> Result<()> {
        self.hashes.update(&bytes);
        if let Some(checksum) = &mut self.checksum {
            checksum.update(&bytes);
        }
        self.look_at_kind(&bytes)?;
        // A checkpoint in mid-request would keep bytes whose checksum is not known yet.
        if let Some(checkpoint) = self.parts.write(bytes).await?
            && self.checksum.is_none()
        {
            self.record(checkpoint).await?;
        }
        Ok(())
    }

    fn look_at_kind(&mut self, bytes: &[u8]) -> Result<()> {
        if self.kind.is_some() {
            return Ok(());
        }
        let missing = SNIFF_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        let is_all = self.parts.offset() + bytes.len() as u64 == self.length();
        if self.head.len() >= SNIFF_BYTES || is_all {
            self.kind = Some(sniff(&self.head).ok_or(Refusal::WrongKind)?);
            self.head.clear();
        }
        Ok(())
    }

    /// The body is through: checks its checksum, then finishes the upload or makes what came durable.
    async fn settle(mut self) -> Result<Answer> {
        if let Some(checksum) = self.checksum.take() {
            checksum.check()?;
        }
        match self.kind {
            Some(kind) if self.parts.offset() == self.length() => {
                let (sha256, crc32) = self.hashes.finish();
                self.parts
                    .complete(unsigned(self.upload.length_bytes))
                    .await?;
                let content = finishing::Content {
                    kind,
                    sha256,
                    crc32,
                };
                finishing::finish(self.app, self.event, &self.upload, self.writer, content).await
            }
            _ => {
                let offset = self.keep().await?;
                self.upload.offset_bytes = i64::try_from(offset).map_err(Error::internal)?;
                Ok(Answer {
                    upload: self.upload,
                    item: None,
                })
            }
        }
    }

    /// The request failed: keeps what can be kept, and tells why it failed.
    async fn give_up(mut self, error: Error) -> Error {
        match &error {
            Error::Refused(Refusal::WrongKind) => {
                if let Err(trouble) =
                    ending::end(self.app, self.event, &self.upload, UploadState::Ended).await
                {
                    tracing::warn!(error = %trouble, upload.id = %self.upload.id, "could not end a refused upload");
                }
            }
            Error::TooLarge { .. } => {}
            _ if self.checksum.is_some() => {}
            _ => {
                if let Err(trouble) = self.keep().await {
                    tracing::debug!(error = %trouble, upload.id = %self.upload.id, "could not keep the bytes of a cut request");
                }
            }
        }
        error
    }

    /// Makes everything written durable and records it.
    async fn keep(&mut self) -> Result<u64> {
        let checkpoint = self.parts.sync().await?;
        let offset = checkpoint.offset;
        self.record(checkpoint).await?;
        Ok(offset)
    }

    async fn record(&mut self, checkpoint: Checkpoint) -> Result<()> {
        let now = self.app.clock.now();
        let (sha256_state, crc32_state) = self.hashes.states();
        let progress = Progress {
            offset_bytes: checkpoint.offset,
            parts: checkpoint.state,
            sha256_state,
            crc32_state,
            head: (!self.head.is_empty()).then(|| self.head.clone()),
            format: self.kind.map(|kind| kind.as_str().to_owned()),
            touched_at: now,
            expires_at: expiry(&self.app.config.limits, now),
        };
        let (id, writer) = (self.upload.id, self.writer);
        self.app
            .db
            .write(async |tx| store::record(tx, id, writer, progress).await)
            .await?;
        // What cannot be deleted now goes with the upload.
        let _ = self.app.storage.forget(&checkpoint.superseded).await;
        Ok(())
    }
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
