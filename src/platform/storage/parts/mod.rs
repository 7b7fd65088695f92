//! Objects that grow over several requests, and over several instances.
//!
//! A caller keeps two things in its row: the offset it acknowledged, and the [`PartsState`] that
//! belongs to it. [`Storage::resume_parts`] goes on from there, on any instance, and everything
//! that was not acknowledged is as if it had never come.
//!
//! In a **folder** the bytes go to one file; acknowledging syncs it, resuming cuts it back. In a
//! **bucket** they become parts of [`PART_BYTES`] of a multipart upload; what is left over when an
//! offset is acknowledged becomes a *tail* object, and tails are joined into a part when there are
//! enough. Each byte is sent at most twice, however small the requests.
//!
//! Order of work, which makes a crash at any point harmless:
//! 1. record a [`Checkpoint`] (compare-and-swap on the row), *then* [`Storage::forget`] what it
//!    supersedes, never before;
//! 2. [`PartsWriter::complete`], *then* record the finish, then [`Storage::clear_parts`]. Completing
//!    again after a crash between the two succeeds, from whatever was recorded before.
//!
//! Two writers of one upload cannot mix bytes: a folder's file is locked, parts are fenced by
//! their ETags and tails are named by content. Who may complete is the caller's to decide, by the
//! row. Buckets want a lifecycle rule that aborts incomplete multipart uploads after seven days:
//! `object_store` cannot list them, so one whose id was never recorded cannot be found.

mod bucket;
mod folder;
mod join;
mod memory;
mod state;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

use super::key::{self, checked, checked_id};
use super::{Arm, Result, Storage, StorageError};
use bucket::BucketParts;
use folder::FolderParts;

pub(super) use memory::Memory;
pub use state::{Checkpoint, PartsState};

/// The size of every part but the last, in bytes. All alike, as Cloudflare R2 demands; 10,000 of
/// them are allowed, so an object has at most 80 GiB.
pub const PART_BYTES: u64 = 8 * 1024 * 1024;

/// Writes one upload from where it stood. Drop it to forget whatever is not yet in a checkpoint.
#[derive(Debug)]
pub struct PartsWriter {
    arm: WriterArm,
}

#[derive(Debug)]
enum WriterArm {
    Folder(FolderParts),
    Bucket(BucketParts),
}

impl Storage {
    /// Goes on with `upload` at the acknowledged `offset` (bytes), whose `state` was recorded with
    /// it; a new upload has offset 0 and the default state. All bytes will end up at `key`.
    ///
    /// `Missing` when acknowledged bytes are gone (the upload is lost), `Unavailable` when another
    /// writer of this upload in this folder does not end within five seconds.
    pub async fn resume_parts(
        &self,
        upload: &str,
        key: &str,
        state: PartsState,
        offset: u64,
    ) -> Result<PartsWriter> {
        let (upload, key) = (checked_id(upload)?, checked(key)?);
        let arm = match &self.arm {
            Arm::Folder(folder) => {
                WriterArm::Folder(FolderParts::resume(folder, upload, key, offset).await?)
            }
            Arm::Bucket(bucket) => {
                WriterArm::Bucket(BucketParts::resume(bucket, upload, key, state, offset)?)
            }
        };
        Ok(PartsWriter { arm })
    }

    /// Deletes what a recorded checkpoint supersedes. What cannot be deleted now is removed by
    /// [`Self::clear_parts`] in the end, so a failure may be ignored.
    pub async fn forget(&self, superseded: &[String]) -> Result<()> {
        self.delete_all(stream::iter(superseded.to_vec()).map(Ok))
            .await
    }

    /// Removes what `upload` left besides its finished object. For after the finish is recorded.
    pub async fn clear_parts(&self, upload: &str) -> Result<()> {
        let upload = checked_id(upload)?;
        match &self.arm {
            Arm::Folder(folder) => folder.delete(&key::part_file(upload)).await,
            Arm::Bucket(bucket) => {
                let tails = bucket.list(&key::tails(upload));
                self.delete_all(tails.map_ok(|tail| tail.key)).await
            }
        }
    }

    /// Gives up an upload that will not be completed. What may lie at `key` stays: only the caller
    /// knows whether it is in use.
    pub async fn discard_parts(&self, upload: &str, key: &str, state: &PartsState) -> Result<()> {
        if let (Arm::Bucket(bucket), Some(id)) = (&self.arm, state.multipart_id()) {
            bucket::abort(bucket, checked(key)?, id).await?;
        }
        self.clear_parts(upload).await
    }

    async fn delete_all(&self, keys: impl stream::Stream<Item = Result<String>>) -> Result<()> {
        keys.map_ok(|key| async move { self.delete(&key).await })
            .try_buffer_unordered(4)
            .try_collect()
            .await
    }
}

impl PartsWriter {
    /// Takes `bytes`. They are durable only when a [`Checkpoint`] covers them.
    ///
    /// Returns one whenever a part is full; recording it is not necessary, but spares the guest
    /// sending those bytes again if this instance dies. After an error drop the writer.
    pub async fn write(&mut self, bytes: Bytes) -> Result<Option<Checkpoint>> {
        match &mut self.arm {
            WriterArm::Folder(parts) => parts.write(bytes).await,
            WriterArm::Bucket(parts) => parts.write(bytes).await,
        }
    }

    /// Makes everything written so far durable. Once its checkpoint is recorded, the offset may be
    /// acknowledged.
    pub async fn sync(&mut self) -> Result<Checkpoint> {
        match &mut self.arm {
            WriterArm::Folder(parts) => parts.sync().await,
            WriterArm::Bucket(parts) => parts.sync().await,
        }
    }

    /// Bytes taken so far, durable or not.
    pub fn offset(&self) -> u64 {
        match &self.arm {
            WriterArm::Folder(parts) => parts.offset(),
            WriterArm::Bucket(parts) => parts.offset(),
        }
    }

    /// Makes the whole object appear at its key, durably. No `sync` is needed before: a small
    /// object that came in one request costs a single write.
    ///
    /// May be repeated after a crash. `Other` when not exactly `total_bytes` were written, and when
    /// bytes that were sent again differ from those that had been completed already.
    pub async fn complete(self, total_bytes: u64) -> Result<()> {
        if self.offset() != total_bytes {
            return Err(StorageError::Other(format!(
                "{} bytes cannot complete an object of {total_bytes}",
                self.offset()
            )));
        }
        match self.arm {
            WriterArm::Folder(parts) => parts.complete().await,
            WriterArm::Bucket(parts) => parts.complete().await,
        }
    }
}
