//! An export as files in a folder.

use std::path::Path;
use std::time::{Duration, SystemTime};

use futures::TryStreamExt as _;
use tokio::fs;
use tokio::io::AsyncWriteExt as _;

use crate::platform::error::{Error, Result};
use crate::platform::storage::Storage;

use super::{Archive, Entry};

/// Writes every file of the archive into `folder` (made when absent), with its capture time as file time.
///
/// A file appears under its name only when it is whole; one that is there with the right size is left, so that an export
/// that broke off goes on. Returns how many were written.
pub async fn write_folder(storage: &Storage, archive: &Archive, folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder).await?;
    let mut written = 0;
    for entry in archive.entries() {
        let path = folder.join(&entry.name);
        let is_there = fs::metadata(&path)
            .await
            .is_ok_and(|found| found.len() == entry.size_bytes);
        if !is_there {
            write(storage, entry, &path).await?;
            written += 1;
        }
    }
    Ok(written)
}

async fn write(storage: &Storage, entry: &Entry, path: &Path) -> Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".part");
    let mut file = fs::File::create(&partial).await?;
    let mut bytes = storage.get_range(&entry.key, 0..entry.size_bytes).await?;
    let mut crc32 = crc32fast::Hasher::new();
    while let Some(block) = bytes.try_next().await? {
        crc32.update(&block);
        file.write_all(&block).await?;
    }
    if crc32.finalize() != entry.crc32 {
        return Err(Error::internal(format!(
            "{} is not what was uploaded: its CRC-32 differs",
            entry.key
        )));
    }
    file.flush().await?;
    let file = file.into_std().await;
    let modified = file_time(entry);
    tokio::task::spawn_blocking(move || {
        file.set_modified(modified)?;
        file.sync_all()
    })
    .await
    .map_err(Error::internal)??;
    fs::rename(&partial, path).await?;
    Ok(())
}

fn file_time(entry: &Entry) -> SystemTime {
    let length = Duration::from_millis(entry.moment.ms().unsigned_abs());
    if entry.moment.ms() < 0 {
        SystemTime::UNIX_EPOCH - length
    } else {
        SystemTime::UNIX_EPOCH + length
    }
}
