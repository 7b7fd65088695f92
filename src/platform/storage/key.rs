//! The names objects may have.
//!
//! Keys are made by us, never by guests. An allow-list keeps a defect above from reaching outside
//! the folder, and keeps one name one file on every system.

use super::error::{Result, StorageError};

/// Where unfinished things live: parts, tails, files being written.
pub(super) const UNFINISHED: &str = "u";

/// Passes a key of letters, digits and `. _ -` in segments parted by `/`.
///
/// Anything else (`..`, an absolute path, an empty segment, over 512 bytes) is a defect: `Other`.
pub(super) fn checked(key: &str) -> Result<&str> {
    let fine = key.len() <= 512 && key.split('/').all(is_segment);
    fine.then_some(key)
        .ok_or_else(|| StorageError::Other(format!("{key:?} cannot name an object")))
}

/// As [`checked`], for a name of one segment: an upload's id.
pub(super) fn checked_id(id: &str) -> Result<&str> {
    is_segment(id)
        .then_some(id)
        .ok_or_else(|| StorageError::Other(format!("{id:?} cannot name an upload")))
}

fn is_segment(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.starts_with('.')
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The folder of an upload's tails in a bucket.
pub(super) fn tails(upload: &str) -> String {
    format!("{UNFINISHED}/{upload}")
}

/// One tail of an upload in a bucket.
pub(super) fn tail(upload: &str, name: &str) -> String {
    format!("{UNFINISHED}/{upload}/{name}")
}

/// The growing file of an upload in a folder.
pub(super) fn part_file(upload: &str) -> String {
    format!("{UNFINISHED}/{upload}.part")
}

/// The upload an unfinished object belongs to, if any.
pub(super) fn upload_of(key: &str) -> Option<&str> {
    let rest = key.strip_prefix(UNFINISHED)?.strip_prefix('/')?;
    match rest.split_once('/') {
        Some((upload, _)) => Some(upload),
        None => rest.strip_suffix(".part"),
    }
}
