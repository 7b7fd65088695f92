//! What we refuse before a single pixel is read.
//!
//! A picture of a few hundred bytes can declare billions of pixels. Every decoder is asked for
//! the header first, and only then, if these agree, for the pixels.

use super::failure::{Failure, FailureCode};

/// The most pixels a picture may have; the largest phone sensors have 200 million.
pub(crate) const MAX_PIXELS: u64 = 250_000_000;

/// The longest side, in pixels; JPEG itself ends at 65,535.
pub(crate) const MAX_SIDE_PX: u64 = 65_000;

/// What a decoder needs beside the pixels: code, tables, buffers of the encoders.
pub(crate) const BASE_BYTES: u64 = 48 << 20;

/// What a header declares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    /// Memory that decoding will take at its peak, in bytes, beside the file itself.
    pub need_bytes: u64,
}

impl Header {
    /// A header that passed the limits, with `need_per_pixel` bytes of memory for each pixel.
    ///
    /// Fails as `damaged` when a side is zero and as `too_many_pixels` beyond the limits.
    pub(crate) fn checked(width: u64, height: u64, need_per_pixel: u64) -> Result<Header, Failure> {
        if width == 0 || height == 0 {
            return Err(Failure::damaged("the picture has no pixels"));
        }
        let pixels = width.saturating_mul(height);
        if width > MAX_SIDE_PX || height > MAX_SIDE_PX || pixels > MAX_PIXELS {
            let words = format!("the picture declares {width} × {height} pixels");
            return Err(Failure::new(FailureCode::TooManyPixels, words));
        }
        Ok(Header {
            need_bytes: BASE_BYTES + pixels * need_per_pixel,
        })
    }
}
