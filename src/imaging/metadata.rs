//! What a file says about itself: when, where, with what, which way up.
//!
//! Metadata is a courtesy: whatever is garbled counts as absent, and nothing found here may
//! cost a guest the photo.

mod exif;
mod fronts;
mod moments;
mod moov;
mod movies;
mod quicktime;

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use epu_pixels::Orientation;

use super::failure::Failure;
use super::formats::Kind;
use super::rendered::{Facts, Rendered};

/// The facts of a photo, and how its pixels are to be turned.
pub(crate) fn of_photo(kind: Kind, file: &Bytes) -> (Facts, Orientation) {
    catch_unwind(AssertUnwindSafe(|| exif::read(kind, file)))
        .ok()
        .flatten()
        .unwrap_or((Facts::default(), Orientation::Upright))
}

/// The facts and size of a video, from as little of `file` as needed and in constant memory.
///
/// Fails as `damaged` or `truncated` when it has no movie header, without which no player
/// plays it.
pub(crate) fn of_video(kind: Kind, file: impl Read) -> Result<Rendered, Failure> {
    let movie = movies::read(kind, file)?;
    Ok(Rendered {
        width_px: movie.width_px,
        height_px: movie.height_px,
        facts: movie.facts,
        thumbhash: None,
        renditions: Vec::new(),
    })
}
