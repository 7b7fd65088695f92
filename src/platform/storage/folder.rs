//! Objects as files of a local folder.
//!
//! A file appears under its name complete and on the disk, or not at all: it is written beside,
//! synced, renamed, and the folders that changed are synced as well. `object_store`'s own local
//! store syncs nothing, which is why it is not used here.

#![expect(
    clippy::disallowed_methods,
    reason = "blocking file work, done on the blocking pool or at boot"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;
use tokio_stream::wrappers::ReceiverStream;

use super::error::{Result, StorageError};
use super::{ListedObject, ObjectInfo, folder_walk, key};

/// A folder that holds objects.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) root: Arc<Path>,
}

impl Folder {
    /// Makes the folder if it is not there yet.
    pub(super) fn open(root: &Path) -> Result<Self> {
        let told = |error: io::Error| {
            StorageError::Refused(format!("{} cannot be used: {error}", root.display()))
        };
        fs::create_dir_all(root).map_err(told)?;
        let root = root.canonicalize().map_err(told)?;
        Ok(Self { root: root.into() })
    }

    pub(super) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        let root = Arc::clone(&self.root);
        let key = key.to_owned();
        blocking(move || {
            let mut draft = Draft::create(&root)?;
            draft.file.write_all(&bytes)?;
            draft.file.sync_all()?;
            into_place(&root, &draft.path, &key)
        })
        .await
    }

    /// The open file and its size in bytes.
    pub(super) async fn open_file(&self, key: &str) -> Result<(File, u64)> {
        let path = self.root.join(key);
        blocking(move || {
            let file = File::open(path)?;
            let metadata = file.metadata()?;
            if metadata.is_dir() {
                return Err(io::ErrorKind::NotFound.into());
            }
            Ok((file, metadata.len()))
        })
        .await
    }

    pub(super) async fn head(&self, key: &str) -> Result<Option<ObjectInfo>> {
        match self.open_file(key).await {
            Ok((_, size_bytes)) => Ok(Some(ObjectInfo { size_bytes })),
            Err(StorageError::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Fails when the folder is gone, as when a disk was taken away.
    pub(super) async fn reach(&self) -> Result<()> {
        let root = Arc::clone(&self.root);
        let looked = blocking(move || fs::metadata(root).map(drop)).await;
        looked.map_err(|error| StorageError::Unavailable(error.to_string()))
    }

    /// Removes the file and the folders that it leaves empty.
    pub(super) async fn delete(&self, key: &str) -> Result<()> {
        let root = Arc::clone(&self.root);
        let path = root.join(key);
        blocking(move || {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            // The folder of unfinished things stays: others are about to write there.
            let unfinished = root.join(key::UNFINISHED);
            let above = path
                .ancestors()
                .skip(1)
                .take_while(|above| **above != *root && **above != unfinished);
            for folder in above {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
            Ok(())
        })
        .await
    }

    pub(super) fn list(&self, prefix: &str) -> BoxStream<'static, Result<ListedObject>> {
        let (found, listed) = tokio::sync::mpsc::channel(64);
        let root = Arc::clone(&self.root);
        let start = if prefix.is_empty() {
            root.to_path_buf()
        } else {
            root.join(prefix)
        };
        tokio::task::spawn_blocking(move || folder_walk::walk(&root, start, &found));
        ReceiverStream::new(listed).boxed()
    }
}

/// A file that is being written; gone when dropped before it got its name.
struct Draft {
    file: File,
    path: PathBuf,
}

impl Draft {
    fn create(root: &Path) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let folder = root.join(key::UNFINISHED);
        make_folders(root, &folder)?;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("put-{}-{count}.tmp", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { file, path }),
                // Left by a process that died and had the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Fails when it got its name, which is as it should be.
        let _ = fs::remove_file(&self.path);
    }
}

/// Gives the synced file at `from` the name `key`, durably.
pub(super) fn into_place(root: &Path, from: &Path, key: &str) -> io::Result<()> {
    let target = root.join(key);
    let folder = target.parent().unwrap_or(root);
    let mut tries = 0;
    loop {
        make_folders(root, folder)?;
        match fs::rename(from, &target) {
            // A deletion beside us found the folder empty and took it away.
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < 3 && from.exists() => {
                tries += 1;
            }
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    sync_folder(folder)?;
    from.parent().map_or(Ok(()), sync_folder)
}

/// Makes `folder` below `root`, durably.
pub(super) fn make_folders(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.is_dir() || folder == root {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(root);
    make_folders(root, above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(above),
    }
}

/// Makes new and changed names in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Runs file work where blocking is allowed.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(StorageError::from),
        Err(error) => Err(StorageError::Other(format!("file work broke off: {error}"))),
    }
}
