//! An upload on its way into a bucket.

use bytes::Bytes;
use object_store::multipart::{MultipartStore, PartId};
use sha2::{Digest, Sha256};

use super::join::{joined, same};
use super::memory::{Held, Parcel};
use super::state::{Multipart, Tail};
use super::{Checkpoint, PART_BYTES, PartsState};
use crate::platform::storage::bucket::Bucket;
use crate::platform::storage::{Result, StorageError, bucket_read, key};

/// More tails than this are joined into one, so that the state stays small.
const TAILS: usize = 32;

#[derive(Debug)]
pub(super) struct BucketParts {
    bucket: Bucket,
    upload: String,
    key: String,
    /// What is durable.
    state: PartsState,
    /// What follows it.
    held: Held,
    superseded: Vec<String>,
}

impl BucketParts {
    pub(super) fn resume(
        bucket: &Bucket,
        upload: &str,
        key: &str,
        state: PartsState,
        offset: u64,
    ) -> Result<Self> {
        if state.offset() != offset {
            return Err(StorageError::Other(format!(
                "the state of upload {upload} stands at {}, not at {offset}",
                state.offset()
            )));
        }
        Ok(Self {
            bucket: bucket.clone(),
            upload: upload.to_owned(),
            key: key.to_owned(),
            state,
            held: Held::default(),
            superseded: Vec::new(),
        })
    }

    pub(super) fn offset(&self) -> u64 {
        self.state.offset() + self.held.len()
    }

    /// Bytes after the last part.
    fn pending(&self) -> u64 {
        self.state.tail_bytes() + self.held.len()
    }

    pub(super) async fn write(&mut self, mut bytes: Bytes) -> Result<Option<Checkpoint>> {
        let mut checkpoint = None;
        while !bytes.is_empty() {
            let room = PART_BYTES - self.pending();
            let fits = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
            self.hold(bytes.split_to(fits)).await?;
            if self.pending() == PART_BYTES {
                self.send_part().await?;
                checkpoint = Some(self.checkpoint(checkpoint));
            }
        }
        Ok(checkpoint)
    }

    pub(super) async fn sync(&mut self) -> Result<Checkpoint> {
        if self.held.len() > 0 {
            self.send_tail().await?;
        }
        Ok(self.checkpoint(None))
    }

    pub(super) async fn complete(mut self) -> Result<()> {
        if self.state.multipart.is_none() {
            let whole = self.take_pending().await?;
            return self.bucket.put(&self.key, whole.payload(), None).await;
        }
        let total_bytes = self.offset();
        if self.pending() > 0 {
            self.send_part().await?;
        }
        let Some(Multipart { id, parts }) = self.state.multipart.take() else {
            unreachable!("looked at above");
        };
        let parts = parts
            .into_iter()
            .map(|content_id| PartId { content_id })
            .collect();
        let path = self.bucket.path(&self.key);
        let completed = self.bucket.store.complete_multipart(&path, &id, parts);
        match completed.await {
            Ok(_) => Ok(()),
            Err(error) => self.completed_before(total_bytes, error.into()).await,
        }
    }

    async fn hold(&mut self, mut bytes: Bytes) -> Result<()> {
        while !bytes.is_empty() {
            if self.held.is_full() && !self.held.try_grow(&self.bucket.memory) {
                if self.held.len() > 0 {
                    self.send_tail().await?;
                }
                self.held.grow(&self.bucket.memory).await;
            }
            self.held.take_from(&mut bytes);
        }
        Ok(())
    }

    /// Keeps what is held as an object. Its name tells its content, so that a writer that was
    /// overtaken cannot change what a newer one has recorded.
    async fn send_tail(&mut self) -> Result<()> {
        let crowded = self.state.tails.len() >= TAILS;
        let start =
            self.state.parts() * PART_BYTES + if crowded { 0 } else { self.state.tail_bytes() };
        let parcel = if crowded {
            self.take_pending().await?
        } else {
            self.held.parcel()
        };
        let mut hash = Sha256::new();
        parcel.blocks.iter().for_each(|block| hash.update(block));
        let hash = hash.finalize();
        let hash: String = hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let name = format!("{start:x}-{hash}");
        let object = key::tail(&self.upload, &name);
        self.bucket.put(&object, parcel.payload(), None).await?;
        let len = parcel.len();
        self.state.tails.push(Tail { name, len });
        Ok(())
    }

    /// Sends what is pending as the next part.
    async fn send_part(&mut self) -> Result<()> {
        let path = self.bucket.path(&self.key);
        if self.state.multipart.is_none() {
            let created = self.bucket.store.create_multipart(&path).await;
            let id = created.map_err(|e| StorageError::from(e).missing_is_bucket())?;
            let parts = Vec::new();
            self.state.multipart = Some(Multipart { id, parts });
        }
        let start = self.state.parts() * PART_BYTES;
        let parcel = self.take_pending().await?;
        let Some(Multipart { id, parts }) = &mut self.state.multipart else {
            unreachable!("made above");
        };
        let store = &self.bucket.store;
        match store
            .put_part(&path, id, parts.len(), parcel.payload())
            .await
        {
            Ok(part) => parts.push(part.content_id),
            Err(error) => {
                // Gone because it was completed just before a crash? Then the bytes lie at the key.
                let error = StorageError::from(error);
                let end = start + parcel.len();
                if !may_be_completed(&error) || !reaches(&self.bucket, &self.key, end).await? {
                    return Err(error);
                }
                let there = bucket_read::range(&self.bucket, &self.key, start..end).await?;
                same(there, &parcel.blocks).await?;
                parts.push(String::new());
            }
        }
        Ok(())
    }

    /// Everything after the last part; the tails among it are superseded.
    async fn take_pending(&mut self) -> Result<Parcel> {
        let held = self.held.parcel();
        let (bucket, tails) = (&self.bucket, &self.state.tails);
        let parcel = joined(bucket, &bucket.memory, &self.upload, tails, held).await?;
        let gone = self.state.tails.drain(..);
        self.superseded
            .extend(gone.map(|tail| key::tail(&self.upload, &tail.name)));
        Ok(parcel)
    }

    async fn completed_before(&self, total_bytes: u64, error: StorageError) -> Result<()> {
        if !may_be_completed(&error) {
            return Err(error);
        }
        match self.bucket.head(&self.key).await? {
            Some(info) if info.size_bytes == total_bytes => Ok(()),
            _ => Err(error),
        }
    }

    /// The state as it is, and what it and the `skipped` checkpoint supersede.
    fn checkpoint(&mut self, skipped: Option<Checkpoint>) -> Checkpoint {
        let mut superseded = skipped.map_or_else(Vec::new, |skipped| skipped.superseded);
        superseded.append(&mut self.superseded);
        Checkpoint {
            offset: self.state.offset(),
            state: self.state.clone(),
            superseded,
        }
    }
}

/// Ends a multipart upload; one that is gone, or was completed, is fine.
pub(super) async fn abort(bucket: &Bucket, key: &str, id: &str) -> Result<()> {
    let path = bucket.path(key);
    match bucket.store.abort_multipart(&path, &id.to_owned()).await {
        Ok(()) => Ok(()),
        Err(error) => match StorageError::from(error) {
            StorageError::Unavailable(why) => Err(StorageError::Unavailable(why)),
            _ => Ok(()),
        },
    }
}

/// A multipart upload that is gone answers `NoSuchUpload` (404) at Amazon, 400 or 403 elsewhere.
fn may_be_completed(error: &StorageError) -> bool {
    !matches!(error, StorageError::Unavailable(_) | StorageError::Full)
}

async fn reaches(bucket: &Bucket, key: &str, end: u64) -> Result<bool> {
    let info = bucket.head(key).await?;
    Ok(info.is_some_and(|info| info.size_bytes >= end))
}
