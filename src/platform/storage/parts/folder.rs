//! An upload on its way into a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::join::same;
use super::{Checkpoint, PART_BYTES, PartsState};
use crate::platform::storage::folder::{Folder, blocking, into_place, make_folders, sync_folder};
use crate::platform::storage::{Result, StorageError, folder_read, key};

/// Bytes are gathered up to this many before a thread is troubled.
const GATHER_BYTES: usize = 128 * 1024;
const LOCK_TRIES: u32 = 250;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

#[derive(Debug)]
pub(super) struct FolderParts {
    root: Arc<Path>,
    key: String,
    path: PathBuf,
    /// Locked as long as it is open.
    file: Arc<File>,
    gathered: BytesMut,
    written: u64,
    synced: u64,
    /// Completed before a crash: `file` is the finished object, and is only compared.
    is_finished: bool,
}

impl FolderParts {
    pub(super) async fn resume(
        folder: &Folder,
        upload: &str,
        key: &str,
        offset: u64,
    ) -> Result<Self> {
        let path = folder.root.join(key::part_file(upload));
        let (file, is_finished) = match open_locked(folder, &path, offset).await {
            Err(StorageError::Missing) => (folder.open_file(key).await?, true),
            opened => (opened?, false),
        };
        let (file, len) = file;
        if len < offset {
            return Err(StorageError::Missing);
        }
        let file = Arc::new(file);
        if len > offset && !is_finished {
            let file = Arc::clone(&file);
            blocking(move || file.set_len(offset)).await?;
        }
        Ok(Self {
            root: Arc::clone(&folder.root),
            key: key.to_owned(),
            path,
            file,
            gathered: BytesMut::new(),
            written: offset,
            synced: offset,
            is_finished,
        })
    }

    pub(super) fn offset(&self) -> u64 {
        self.written + self.gathered.len() as u64
    }

    pub(super) async fn write(&mut self, bytes: Bytes) -> Result<Option<Checkpoint>> {
        if self.is_finished {
            return self.compare(bytes).await;
        }
        self.gathered.extend_from_slice(&bytes);
        if self.gathered.len() >= GATHER_BYTES {
            self.flush().await?;
        }
        if self.written - self.synced < PART_BYTES {
            return Ok(None);
        }
        self.sync().await.map(Some)
    }

    pub(super) async fn sync(&mut self) -> Result<Checkpoint> {
        self.flush().await?;
        if self.synced < self.written {
            let file = Arc::clone(&self.file);
            blocking(move || file.sync_data()).await?;
            self.synced = self.written;
        }
        Ok(Checkpoint {
            offset: self.synced,
            state: PartsState::default(),
            superseded: Vec::new(),
        })
    }

    pub(super) async fn complete(mut self) -> Result<()> {
        if self.is_finished {
            let file = Arc::clone(&self.file);
            let len = blocking(move || Ok(file.metadata()?.len())).await?;
            return (len == self.written).then_some(()).ok_or_else(|| {
                StorageError::Other("another object lies where this one belongs".to_owned())
            });
        }
        self.sync().await?;
        // The file stays locked until it has its name.
        blocking(move || into_place(&self.root, &self.path, &self.key)).await
    }

    async fn flush(&mut self) -> Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let (file, at) = (Arc::clone(&self.file), self.written);
        let length = self.gathered.len() as u64;
        let mut gathered = std::mem::take(&mut self.gathered);
        self.gathered = blocking(move || {
            file.write_all_at(&gathered, at)?;
            gathered.clear();
            Ok(gathered)
        })
        .await?;
        self.written += length;
        Ok(())
    }

    async fn compare(&mut self, bytes: Bytes) -> Result<Option<Checkpoint>> {
        let end = self.written + bytes.len() as u64;
        let file = self.file.try_clone()?;
        let there = Box::pin(folder_read::blocks(file, self.written..end));
        same(there, &[bytes]).await?;
        self.written = end;
        self.synced = end;
        Ok(None)
    }
}

/// Opens the upload's file when no other writer has it, and tells its length. Makes it for a new
/// upload; `Missing` when an old one has none.
async fn open_locked(folder: &Folder, path: &Path, offset: u64) -> Result<(File, u64)> {
    for _ in 0..LOCK_TRIES {
        let (root, path) = (Arc::clone(&folder.root), path.to_path_buf());
        match blocking(move || try_open(&root, &path, offset == 0)).await? {
            Some(file) => {
                let len = file.metadata()?.len();
                return Ok((file, len));
            }
            None => tokio::time::sleep(LOCK_PAUSE).await,
        }
    }
    Err(StorageError::Unavailable(
        "another request still writes this upload".to_owned(),
    ))
}

/// `None` when another writer has the file, or has just finished with it.
fn try_open(root: &Path, path: &Path, is_new: bool) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    let file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_new => {
            let parent = path.parent().unwrap_or(root);
            make_folders(root, parent)?;
            let file = options.create(true).truncate(false).open(path)?;
            sync_folder(parent)?;
            file
        }
        opened => opened?,
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Renamed or removed while we reached for the lock?
    let is_same = match fs::metadata(path) {
        Ok(now) => now.ino() == file.metadata()?.ino(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    Ok(is_same.then_some(file))
}
