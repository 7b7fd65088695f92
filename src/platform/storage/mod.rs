//! Where bytes are kept: a local folder or an S3-compatible bucket.
//!
//! Finished objects have a key and never change: [`Storage::put`], [`Storage::get_range`] and
//! friends. What is still growing goes through [`parts`], which can be resumed by any instance.
//! Everything unfinished lies under `u/`, so that [`Storage::unfinished`] finds what a crash left.
//! Memory stays constant whatever the size. Content types live in the database, since a folder
//! keeps none.

mod bucket;
mod bucket_read;
mod error;
mod folder;
mod folder_read;
mod folder_walk;
mod key;
pub mod parts;
mod settings;
#[cfg(test)]
mod tests;

use std::io;
use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};

use bucket::Bucket;
use folder::Folder;
use key::checked;
use settings::Place;

pub use error::{Result, StorageError};
pub use parts::{Checkpoint, PART_BYTES, PartsState, PartsWriter};
pub use settings::StorageSettings;

/// The bytes of an object as they come.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// A folder or a bucket. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    arm: Arm,
}

#[derive(Clone, Debug)]
enum Arm {
    Folder(Folder),
    Bucket(Bucket),
}

/// What is known of an object without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectInfo {
    /// Its size in bytes.
    pub size_bytes: u64,
}

/// An object as a listing shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedObject {
    /// Its key.
    pub key: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// When it was last written, in ms since 1970 UTC, by the clock of the storage.
    pub modified_ms: i64,
}

impl ListedObject {
    /// The upload that an unfinished object belongs to; `None` for a finished one, and for a file
    /// whose writing broke off.
    pub fn upload(&self) -> Option<&str> {
        key::upload_of(&self.key)
    }
}

impl Storage {
    /// Opens what `settings` name. Makes a missing folder; does not ask a bucket anything yet.
    ///
    /// `Other` says which setting is wrong, `Refused` that the folder cannot be used.
    pub fn open(settings: &StorageSettings) -> Result<Self> {
        let arm = match settings::place(&settings.url)? {
            Place::Folder(path) => Arm::Folder(Folder::open(&path)?),
            Place::Bucket { name, prefix } => Arm::Bucket(Bucket::open(settings, &name, prefix)?),
        };
        Ok(Self { arm })
    }

    /// Keeps `bytes` at `key`, replacing what is there. Durable when it returns.
    pub async fn put(&self, key: &str, bytes: Bytes, content_type: &str) -> Result<()> {
        let key = checked(key)?;
        match &self.arm {
            Arm::Folder(folder) => folder.put(key, bytes).await,
            Arm::Bucket(bucket) => bucket.put(key, bytes.into(), Some(content_type)).await,
        }
    }

    /// The whole object.
    pub async fn get(&self, key: &str) -> Result<(ObjectInfo, ByteStream)> {
        let key = checked(key)?;
        match &self.arm {
            Arm::Folder(folder) => {
                let (file, size_bytes) = folder.open_file(key).await?;
                let blocks = folder_read::blocks(file, 0..size_bytes).boxed();
                Ok((ObjectInfo { size_bytes }, blocks))
            }
            Arm::Bucket(bucket) => bucket_read::whole(bucket, key).await,
        }
    }

    /// The bytes of `range`, which must lie within the object: when the object is shorter, either
    /// this fails or the stream breaks off as `UnexpectedEof`. It never ends early in silence.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<ByteStream> {
        let key = checked(key)?;
        match &self.arm {
            Arm::Folder(folder) => {
                let (file, _) = folder.open_file(key).await?;
                Ok(folder_read::blocks(file, range).boxed())
            }
            Arm::Bucket(bucket) => bucket_read::range(bucket, key, range).await,
        }
    }

    /// A small object as one piece; `Other` when it is larger than `limit_bytes`.
    pub async fn read(&self, key: &str, limit_bytes: u64) -> Result<Bytes> {
        let (info, mut stream) = self.get(key).await?;
        if info.size_bytes > limit_bytes {
            return Err(StorageError::Other(format!(
                "{key} has {} bytes, more than {limit_bytes}",
                info.size_bytes
            )));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(info.size_bytes).unwrap_or(0));
        while let Some(block) = stream.try_next().await? {
            bytes.extend_from_slice(&block);
        }
        Ok(bytes.into())
    }

    /// Whether the object is there, and how large.
    pub async fn head(&self, key: &str) -> Result<Option<ObjectInfo>> {
        let key = checked(key)?;
        match &self.arm {
            Arm::Folder(folder) => folder.head(key).await,
            Arm::Bucket(bucket) => bucket.head(key).await,
        }
    }

    /// Removes the object; one that is not there is fine.
    pub async fn delete(&self, key: &str) -> Result<()> {
        let key = checked(key)?;
        match &self.arm {
            Arm::Folder(folder) => folder.delete(key).await,
            Arm::Bucket(bucket) => bucket.delete(key).await,
        }
    }

    /// Every object in the folder `prefix` (no slash at its end; empty for all), in no order.
    pub fn list(&self, prefix: &str) -> BoxStream<'static, Result<ListedObject>> {
        if !prefix.is_empty()
            && let Err(error) = checked(prefix)
        {
            return futures::stream::once(async { Err(error) }).boxed();
        }
        match &self.arm {
            Arm::Folder(folder) => folder.list(prefix),
            Arm::Bucket(bucket) => bucket.list(prefix),
        }
    }

    /// Unfinished objects last written before `before_ms` (ms since 1970 UTC).
    ///
    /// Whoever holds the rows decides: [`ListedObject::upload`] without a row is an orphan and may
    /// be deleted; so may one without an upload. Multipart uploads in a bucket are not shown:
    /// `object_store` cannot list them, see [`parts`].
    pub fn unfinished(&self, before_ms: i64) -> BoxStream<'static, Result<ListedObject>> {
        self.list(key::UNFINISHED)
            .try_filter(move |object| std::future::ready(object.modified_ms < before_ms))
            .boxed()
    }

    /// Whether storage answers at all: one cheap question, for `/readyz`.
    pub async fn reach(&self) -> Result<()> {
        let asked = async {
            match &self.arm {
                Arm::Folder(folder) => folder.reach().await,
                Arm::Bucket(bucket) => bucket.head("u/reach").await.map(drop),
            }
        };
        in_time(asked).await
    }

    /// Writes, reads and deletes a small object, for `epu check`. `instance` names the caller, so
    /// that two that look at once do not meet.
    pub async fn probe(&self, instance: &str) -> Result<()> {
        let key = format!("{}/probe-{instance}", key::UNFINISHED);
        let tried = async {
            let written = Bytes::from_static(b"Can this be read again?");
            self.put(&key, written.clone(), "text/plain").await?;
            let read = self.read(&key, 1024).await?;
            self.delete(&key).await?;
            (read == written).then_some(()).ok_or_else(|| {
                StorageError::Other("what was read is not what was written".to_owned())
            })
        };
        in_time(tried).await
    }
}

/// How it is told in logs and by `epu check`: the place, without keys.
impl std::fmt::Display for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.arm {
            Arm::Folder(folder) => write!(f, "folder {}", folder.root.display()),
            Arm::Bucket(bucket) => write!(f, "bucket {bucket}"),
        }
    }
}

async fn in_time(asked: impl Future<Output = Result<()>>) -> Result<()> {
    const LIMIT: Duration = Duration::from_secs(15);
    tokio::time::timeout(LIMIT, asked)
        .await
        .unwrap_or_else(|_| Err(StorageError::Unavailable("no answer in 15 s".to_owned())))
}
