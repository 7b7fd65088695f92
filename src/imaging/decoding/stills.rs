//! PNG, WebP, GIF, TIFF and BMP: the first frame, on white where it is transparent.

use std::io::Cursor;

use bytes::Bytes;
use epu_pixels::{Picture, Plane, on_white};
use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::Decoded;
use crate::imaging::colour::ToSrgb;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::formats::Kind;
use crate::imaging::limits::Header;

/// Reads the header.
pub(super) fn look(kind: Kind, file: &Bytes) -> Result<Header, Failure> {
    let decoder = open(kind, file)?;
    let (width, height) = decoder.dimensions();
    // The decoder's own pixels, RGBA and RGB can be alive at once, and some keep a second frame.
    let per_pixel = u64::from(decoder.color_type().bytes_per_pixel()) * 2 + 7;
    Header::checked(width.into(), height.into(), per_pixel)
}

/// Decodes the first frame at full size.
pub(super) fn decode(kind: Kind, file: &Bytes, header: &Header) -> Result<Decoded, Failure> {
    let mut decoder = open(kind, file)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(header.need_bytes);
    decoder.set_limits(limits).map_err(failure)?;
    let to_srgb = decoder
        .icc_profile()
        .ok()
        .flatten()
        .and_then(|icc| ToSrgb::from_icc(&icc));
    let image = DynamicImage::from_decoder(decoder).map_err(failure)?;
    let (width_px, height_px) = (image.width(), image.height());
    let samples = if image.color().has_alpha() {
        on_white(&image.into_rgba8().into_raw())
    } else {
        image.into_rgb8().into_raw()
    };
    Ok(Decoded {
        picture: Picture::Rgb(Plane::new(
            width_px as usize,
            height_px as usize,
            3,
            samples,
        )),
        width_px,
        height_px,
        to_srgb,
        is_upright: false,
    })
}

fn open(kind: Kind, file: &Bytes) -> Result<impl ImageDecoder, Failure> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
        Kind::Tiff => ImageFormat::Tiff,
        _ => ImageFormat::Bmp,
    };
    ImageReader::with_format(Cursor::new(file.clone()), format)
        .into_decoder()
        .map_err(failure)
}

fn failure(error: ImageError) -> Failure {
    match &error {
        ImageError::Unsupported(_) => Failure::unsupported(error),
        ImageError::Limits(_) => Failure::new(FailureCode::TooMuchMemory, error),
        ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
            Failure::new(FailureCode::Truncated, error)
        }
        _ => Failure::damaged(error),
    }
}
