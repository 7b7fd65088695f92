//! The layout of an archive: what lies where.

use std::ops::Range;

use bytes::Bytes;
use jiff::civil::DateTime;
use sha2::{Digest as _, Sha256};

use crate::platform::clock::At;

use super::zip;

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path within the archive, `/` between folders, at most 240 bytes of UTF-8.
    pub name: String,
    /// The object that holds its bytes.
    pub key: String,
    /// Its size.
    pub size_bytes: u64,
    /// Its CRC-32.
    pub crc32: u32,
    /// When it was taken (or received, when nobody knows).
    pub moment: At,
    /// The same as the event's clocks showed it.
    pub local_time: DateTime,
}

/// A stored ZIP64 of entries, known to the last byte.
#[derive(Debug)]
pub struct Archive {
    entries: Vec<Entry>,
    /// Where the local header of each entry begins.
    offsets: Vec<u64>,
    directory_at: u64,
    directory: Bytes,
}

/// A stretch of an archive whose bytes come from one place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Bytes at hand.
    Ready(Bytes),
    /// A range of an object.
    Stored { key: String, range: Range<u64> },
}

impl Archive {
    /// Lays `entries` out in their order.
    pub fn of(entries: Vec<Entry>) -> Archive {
        let mut at = 0;
        let mut offsets = Vec::with_capacity(entries.len());
        for entry in &entries {
            offsets.push(at);
            at += zip::local_header_bytes(entry) + entry.size_bytes;
        }
        let directory = zip::directory(&entries, &offsets, at).into();
        Archive {
            entries,
            offsets,
            directory_at: at,
            directory,
        }
    }

    /// Its files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Its exact length, in bytes.
    pub fn total_bytes(&self) -> u64 {
        self.directory_at + self.directory.len() as u64
    }

    /// A strong tag in quotes: the same entries give the same bytes. The directory holds name, size, CRC-32,
    /// time and place of each.
    pub fn etag(&self) -> String {
        let hash = Sha256::digest(&self.directory);
        let hex: String = hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("\"{hex}\"")
    }

    /// The pieces that make up the bytes of `range`, in order.
    pub(super) fn pieces(&self, range: Range<u64>) -> impl Iterator<Item = Piece> + '_ {
        let first = self
            .offsets
            .partition_point(|offset| *offset <= range.start)
            .saturating_sub(1);
        let of_entries = (first..self.entries.len())
            .take_while({
                let end = range.end;
                move |index| self.offsets[*index] < end
            })
            .flat_map({
                let range = range.clone();
                move |index| self.pieces_of_entry(index, &range)
            });
        let directory = within(&range, self.directory_at..self.total_bytes())
            .map(|part| Piece::Ready(self.directory.slice(indices(&part))));
        of_entries.chain(directory)
    }

    fn pieces_of_entry(
        &self,
        index: usize,
        range: &Range<u64>,
    ) -> impl Iterator<Item = Piece> + use<> {
        let (entry, start) = (&self.entries[index], self.offsets[index]);
        let content_at = start + zip::local_header_bytes(entry);
        let header = within(range, start..content_at)
            .map(|part| Piece::Ready(Bytes::from(zip::local_header(entry)).slice(indices(&part))));
        let content =
            within(range, content_at..content_at + entry.size_bytes).map(|range| Piece::Stored {
                key: entry.key.clone(),
                range,
            });
        [header, content].into_iter().flatten()
    }
}

/// The part of `stretch` that lies in `range`, counted from the start of `stretch`; none when empty.
fn within(range: &Range<u64>, stretch: Range<u64>) -> Option<Range<u64>> {
    let (start, end) = (range.start.max(stretch.start), range.end.min(stretch.end));
    (start < end).then(|| start - stretch.start..end - stretch.start)
}

/// As indices of bytes in memory.
fn indices(part: &Range<u64>) -> Range<usize> {
    let index = |at: u64| usize::try_from(at).expect("what is in memory has an index");
    index(part.start)..index(part.end)
}
