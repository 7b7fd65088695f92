//! Videos: the few kilobytes that describe them, picked out of a stream of hundreds of MB.

use std::io::{self, Read};

use super::exif::camera;
use super::fronts;
use super::moments::Moment;
use super::moov::{self, Movie};
use super::quicktime;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::formats::Kind;
use crate::imaging::rendered::Facts;

/// The largest movie header that is read: that of a day of video.
const MAX_MOOV_BYTES: u64 = 32 << 20;
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
        Kind::Webm | Kind::Mkv => Ok(fronts::matroska(file)),
        Kind::Avi => Ok(fronts::avi(file)),
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
    let words = quicktime::read(&moov);
    // The phone's words have the local time and its offset; the header only has UTC.
    let taken = words
        .taken
        .or_else(|| Moment::believable(created_ms, Some(0)));
    let (latitude, longitude) = words.place.unzip();
    let facts = Facts {
        taken_local_ms: taken.map(|taken| taken.local_ms),
        taken_offset_s: taken.and_then(|taken| taken.offset_s),
        camera: camera(words.maker.as_deref(), words.model.as_deref()),
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
