//! Videos that describe themselves at the front: Matroska, WebM, AVI.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use nom_exif::{EntryValue, MediaParser, MediaSource, TrackInfo, TrackInfoTag};

use super::moments::Moment;
use super::movies::Video;
use crate::imaging::rendered::Facts;

/// How much of the front of a Matroska file is read for its descriptions.
const MATROSKA_FRONT_BYTES: u64 = 4 << 20;
/// The main header of an AVI stands within these first bytes.
const AVI_FRONT_BYTES: u64 = 4096;

/// The description of a Matroska or WebM file; empty when it cannot be read.
pub(super) fn matroska(file: impl Read) -> Video {
    let mut front = Vec::new();
    // A file that ends here is as good as one that goes on.
    let _ = file.take(MATROSKA_FRONT_BYTES).read_to_end(&mut front);
    let Some(info) = parse(front.into()) else {
        return Video::default();
    };
    let number = |tag| {
        let value = info.get(tag).and_then(EntryValue::try_as_integer);
        value.filter(|value| *value > 0)
    };
    let pixels = |tag| {
        number(tag)
            .and_then(|px| u32::try_from(px).ok())
            .unwrap_or(0)
    };
    let taken = info
        .get(TrackInfoTag::CreateDate)
        .and_then(Moment::from_entry);
    Video {
        width_px: pixels(TrackInfoTag::Width),
        height_px: pixels(TrackInfoTag::Height),
        facts: Facts {
            taken_local_ms: taken.map(|taken| taken.local_ms),
            taken_offset_s: taken.and_then(|taken| taken.offset_s),
            duration_ms: number(TrackInfoTag::DurationMs),
            ..Facts::default()
        },
    }
}

fn parse(file: Bytes) -> Option<TrackInfo> {
    catch_unwind(AssertUnwindSafe(|| {
        let source = MediaSource::from_memory(file).ok()?;
        MediaParser::new().parse_track(source).ok()
    }))
    .ok()
    .flatten()
}

/// The main header of an AVI. Source: Microsoft, "AVIMAINHEADER structure".
pub(super) fn avi(file: impl Read) -> Video {
    let mut front = Vec::new();
    let _ = file.take(AVI_FRONT_BYTES).read_to_end(&mut front);
    let Some(at) = front.windows(4).position(|name| name == b"avih") else {
        return Video::default();
    };
    let field = |index: usize| {
        let at = at + 8 + index * 4;
        let bytes = front
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    };
    let duration_ms = i64::from(field(0)) * i64::from(field(4)) / 1000;
    Video {
        width_px: field(8),
        height_px: field(9),
        facts: Facts {
            duration_ms: (duration_ms > 0).then_some(duration_ms),
            ..Facts::default()
        },
    }
}
