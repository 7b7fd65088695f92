use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;

use futures::TryStreamExt as _;
use jiff::civil::{DateTime, datetime};

use super::archive::Piece;
use super::*;
use crate::platform::clock::At;
use crate::platform::storage::{Storage, StorageSettings};

const SHOWN: DateTime = datetime(2026, 7, 18, 14, 2, 10, 0);
const MOMENT: At = At(1_784_376_130_000);

fn entry(name: &str, key: &str, content: &[u8]) -> Entry {
    Entry {
        name: name.to_owned(),
        key: key.to_owned(),
        size_bytes: content.len() as u64,
        crc32: crc32fast::hash(content),
        moment: MOMENT,
        local_time: SHOWN,
    }
}

async fn three_files() -> (Storage, Archive, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = StorageSettings {
        url: format!("file:{}", folder.path().display()),
        ..StorageSettings::default()
    };
    let storage = Storage::open(&settings).expect("opened");
    let contents: [(&str, Vec<u8>); 3] = [
        ("🎂.jpg", vec![1; 300_000]),
        ("empty.txt", vec![]),
        ("שלום.mov", (0..=255).cycle().take(70_001).collect()),
    ];
    let mut entries = Vec::new();
    for (index, (name, content)) in contents.iter().enumerate() {
        let key = format!("e/x/i/{index}/original");
        storage
            .put(&key, content.clone().into(), "image/jpeg")
            .await
            .expect("kept");
        entries.push(entry(name, &key, content));
    }
    (storage, Archive::of(entries), folder)
}

async fn read(storage: &Storage, archive: &Archive, range: Range<u64>) -> Vec<u8> {
    let blocks: Vec<_> = bytes(storage.clone(), archive, range)
        .try_collect()
        .await
        .expect("read");
    blocks.concat()
}

#[tokio::test]
async fn another_program_reads_the_archive_names_times_and_all() {
    let (storage, archive, _folder) = three_files().await;
    let whole = read(&storage, &archive, 0..archive.total_bytes()).await;
    assert_eq!(whole.len() as u64, archive.total_bytes());

    let mut zip = ::zip::ZipArchive::new(std::io::Cursor::new(whole)).expect("a ZIP");
    let names: Vec<_> = zip.file_names().map(str::to_owned).collect();
    assert_eq!(names, ["🎂.jpg", "empty.txt", "שלום.mov"]);
    let mut file = zip.by_name("שלום.mov").expect("there");
    let time = file.last_modified().expect("a time");
    assert_eq!(
        (
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second()
        ),
        (2026, 7, 18, 14, 2, 10)
    );
    let mut content = Vec::new();
    file.read_to_end(&mut content).expect("its CRC-32 holds");
    assert_eq!(content.len(), 70_001);
}

#[tokio::test]
async fn any_range_is_the_same_bytes_as_in_the_whole() {
    let (storage, archive, _folder) = three_files().await;
    let total = archive.total_bytes();
    let whole = read(&storage, &archive, 0..total).await;
    let mut at = 12_345u64;
    for _ in 0..200 {
        at = at
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let (a, b) = ((at >> 16) % (total + 1), (at >> 40) % (total + 1));
        let range = a.min(b)..a.max(b);
        let part = read(&storage, &archive, range.clone()).await;
        let expected =
            &whole[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
        assert!(part == expected, "{range:?}");
    }
}

#[tokio::test]
async fn a_missing_original_breaks_the_stream_off() {
    let (storage, archive, _folder) = three_files().await;
    storage.delete("e/x/i/2/original").await.expect("deleted");
    let all: std::io::Result<Vec<_>> = bytes(storage, &archive, 0..archive.total_bytes())
        .try_collect()
        .await;
    assert!(all.is_err());
}

#[test]
fn the_tag_changes_with_any_file_and_with_nothing_else() {
    let archive = |name: &str, content: &[u8]| Archive::of(vec![entry(name, "k", content)]).etag();
    assert_eq!(archive("a.jpg", b"1"), archive("a.jpg", b"1"));
    assert_ne!(archive("a.jpg", b"1"), archive("a.jpg", b"2"));
    assert_ne!(archive("a.jpg", b"1"), archive("b.jpg", b"1"));
}

/// An archive whose contents read as zeros, for sizes no test wants on disk.
struct Zeros {
    archive: Archive,
    at: u64,
}

impl std::io::Read for Zeros {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let end = (self.at + buffer.len() as u64).min(self.archive.total_bytes());
        let mut filled = 0;
        for piece in self.archive.pieces(self.at..end) {
            match piece {
                Piece::Ready(bytes) => {
                    buffer[filled..filled + bytes.len()].copy_from_slice(&bytes);
                    filled += bytes.len();
                }
                Piece::Stored { range, .. } => {
                    let length = usize::try_from(range.end - range.start).expect("fits the buffer");
                    buffer[filled..filled + length].fill(0);
                    filled += length;
                }
            }
        }
        self.at += filled as u64;
        Ok(filled)
    }
}

impl std::io::Seek for Zeros {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let total = self.archive.total_bytes();
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => total.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

#[test]
fn files_and_archives_beyond_four_gigabytes_are_read_as_zip64() {
    let size = |name: &str, size_bytes| Entry {
        size_bytes,
        ..entry(name, "k", b"")
    };
    let entries = vec![
        size("limit.mov", 0xFFFF_FFFF),
        size("large.mov", 5_000_000_000),
        size("after.jpg", 10),
    ];
    let mut zip = ::zip::ZipArchive::new(Zeros {
        archive: Archive::of(entries),
        at: 0,
    })
    .expect("a ZIP64");
    for (name, expected) in [
        ("limit.mov", 0xFFFF_FFFF),
        ("large.mov", 5_000_000_000),
        ("after.jpg", 10),
    ] {
        let file = zip
            .by_name(name)
            .expect("its local header is where the directory says");
        assert_eq!(file.size(), expected, "{name}");
    }
}

#[test]
fn seventy_thousand_files_are_counted_in_zip64() {
    let entries = (0..70_000)
        .map(|n| entry(&format!("{n}.jpg"), "k", b""))
        .collect();
    let mut reader = Zeros {
        archive: Archive::of(entries),
        at: 0,
    };
    reader.rewind().expect("rewound");
    let mut zip = ::zip::ZipArchive::new(reader).expect("a ZIP64");
    assert_eq!(zip.len(), 70_000);
    assert_eq!(zip.by_index(69_999).expect("the last").name(), "69999.jpg");
}

#[tokio::test]
async fn a_folder_gets_each_file_with_its_time_and_goes_on_where_it_broke_off() {
    let (storage, archive, _files) = three_files().await;
    let target = tempfile::tempdir().expect("a folder");

    assert_eq!(
        write_folder(&storage, &archive, target.path())
            .await
            .expect("written"),
        3
    );
    let found = std::fs::metadata(target.path().join("🎂.jpg")).expect("there");
    assert_eq!(found.len(), 300_000);
    let modified = found
        .modified()
        .expect("a time")
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    assert_eq!(i64::try_from(modified.as_millis()).unwrap(), MOMENT.ms());

    std::fs::remove_file(target.path().join("empty.txt")).expect("removed");
    assert_eq!(
        write_folder(&storage, &archive, target.path())
            .await
            .expect("written"),
        1
    );
}
