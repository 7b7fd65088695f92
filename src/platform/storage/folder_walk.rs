//! Listing a folder without holding the list in memory.

#![expect(
    clippy::disallowed_methods,
    reason = "blocking file work, done on the blocking pool or at boot"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tokio::sync::mpsc::Sender;

use super::error::Result;
use super::{ListedObject, key};

/// Sends every object below `start`; ends early when nobody listens any more.
pub(super) fn walk(root: &Path, start: PathBuf, found: &Sender<Result<ListedObject>>) {
    let mut folders = vec![start];
    while let Some(folder) = folders.pop() {
        if let Err(error) = list_one(root, &folder, &mut folders, found) {
            let _ = found.blocking_send(Err(error.into()));
            return;
        }
        if found.is_closed() {
            return;
        }
    }
}

fn list_one(
    root: &Path,
    folder: &Path,
    folders: &mut Vec<PathBuf>,
    found: &Sender<Result<ListedObject>>,
) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_gone(&error) => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        // What is not ours (`lost+found`, a file laid here by hand) has names we do not make.
        let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            continue;
        };
        if key::checked(name).is_err() {
            continue;
        }
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if is_gone(&error) => continue,
            Err(error) => return Err(error),
        };
        if metadata.is_dir() {
            folders.push(path);
            continue;
        }
        let object = ListedObject {
            key: name.to_owned(),
            size_bytes: metadata.len(),
            modified_ms: modified_ms(&metadata)?,
        };
        if found.blocking_send(Ok(object)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Between the listing and the look, things may be deleted.
fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn modified_ms(metadata: &fs::Metadata) -> io::Result<i64> {
    let since = metadata.modified()?.duration_since(UNIX_EPOCH);
    Ok(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}
