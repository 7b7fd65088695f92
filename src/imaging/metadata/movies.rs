//! Videos: the few kilobytes that describe them, picked out of a stream of hundreds of MB.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use nom_exif::{EntryValue, MediaParser, MediaSource, TrackInfo, TrackInfoTag};

use super::exif::{camera, place};
use super::moments::Moment;
use super::moov::{self, Movie};
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::formats::Kind;
use crate::imaging::rendered::Facts;

/// The largest movie header that is read: that of a day of video.
const MAX_MOOV_BYTES: u64 = 32 << 20;
/// How much of the front of a Matroska file is read for its descriptions.
const MATROSKA_FRONT_BYTES: u64 = 4 << 20;
/// The main header of an AVI stands within these first bytes.
const AVI_FRONT_BYTES: u64 = 4096;

/// A video's facts with its size as people see it.
#[derive(Debug, Default)]
pub(super) struct Video {
    pub width_px: u32,
    pub height_px: u32,
    pub facts: Facts,
}

/// Reads no further than the description.
pub(super) fn read(kind: Kind, file: impl Read) -> Result<Video, Failure> {
    match kind {
        Kind::Webm | Kind::Mkv => Ok(matroska(file)),
        Kind::Avi => Ok(avi(file)),
        _ => movie(file),
    }
}

fn movie(mut file: impl Read) -> Result<Video, Failure> {
    let moov = movie_header(&mut file)?;
    let Movie {
        width_px,
        height_px,
        duration_ms,
        created_ms,
    } = moov::read(&moov);
    let tags = tags(&moov);
    let text = |tag| tags.as_ref()?.get(tag).and_then(EntryValue::as_str);
    // QuickTime's own key has the local time and its offset; the header only has UTC.
    let taken = tags
        .as_ref()
        .and_then(|tags| Moment::from_entry(tags.get(TrackInfoTag::CreateDate)?))
        .or_else(|| Moment::believable(created_ms, Some(0)));
    let (latitude, longitude) = tags
        .as_ref()
        .and_then(|tags| place(tags.gps_info()?))
        .unzip();
    let facts = Facts {
        taken_local_ms: taken.map(|taken| taken.local_ms),
        taken_offset_s: taken.and_then(|taken| taken.offset_s),
        camera: camera(text(TrackInfoTag::Make), text(TrackInfoTag::Model)),
        latitude,
        longitude,
        duration_ms,
    };
    Ok(Video {
        width_px,
        height_px,
        facts,
    })
}

/// The payload of `moov`, with everything before it let go.
fn movie_header(file: &mut impl Read) -> Result<Vec<u8>, Failure> {
    let truncated = |error: io::Error| Failure::new(FailureCode::Truncated, error);
    loop {
        let mut head = [0; 8];
        let got = read_up_to(file, &mut head).map_err(truncated)?;
        if got < head.len() {
            return Err(Failure::damaged("the video has no movie header"));
        }
        let mut len = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        let mut head_len = 8;
        if len == 1 {
            let mut wide = [0; 8];
            file.read_exact(&mut wide).map_err(truncated)?;
            (len, head_len) = (u64::from_be_bytes(wide), 16);
        }
        let is_last = len == 0;
        let body = match len.checked_sub(head_len) {
            _ if is_last => u64::MAX,
            Some(body) => body,
            None => return Err(Failure::damaged("a box is shorter than its own head")),
        };
        if &head[4..] == b"moov" {
            if !is_last && body > MAX_MOOV_BYTES {
                return Err(Failure::new(
                    FailureCode::TooMuchMemory,
                    "the movie header is huge",
                ));
            }
            let mut moov = Vec::new();
            let limit = body.min(MAX_MOOV_BYTES);
            file.take(limit).read_to_end(&mut moov).map_err(truncated)?;
            if !is_last && (moov.len() as u64) < body {
                return Err(Failure::new(
                    FailureCode::Truncated,
                    "the movie header is cut off",
                ));
            }
            return Ok(moov);
        }
        io::copy(&mut file.take(body), &mut io::sink()).map_err(truncated)?;
    }
}

/// Apple's and Android's tags. The header's own date is hidden from the reader, so that a date
/// it finds is one that the phone wrote down in words.
fn tags(moov: &[u8]) -> Option<TrackInfo> {
    let mut file = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec();
    file.extend((moov.len() as u32 + 8).to_be_bytes());
    file.extend(b"moov");
    let at = file.len();
    file.extend(moov);
    if let Some(header) = moov.windows(4).take(4096).position(|name| name == b"mvhd") {
        file[at + header..][..4].copy_from_slice(b"free");
    }
    parse(file.into())
}

fn parse(file: Bytes) -> Option<TrackInfo> {
    catch_unwind(AssertUnwindSafe(|| {
        let source = MediaSource::from_memory(file).ok()?;
        MediaParser::new().parse_track(source).ok()
    }))
    .ok()
    .flatten()
}

fn matroska(file: impl Read) -> Video {
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

/// The main header of an AVI. Source: Microsoft, "AVIMAINHEADER structure".
fn avi(file: impl Read) -> Video {
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

fn read_up_to(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut got = 0;
    while got < buffer.len() {
        match file.read(&mut buffer[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}
