//! PNG, WebP, GIF, TIFF and BMP: the first frame, on white where it is transparent.

use std::io::Cursor;

use bytes::Bytes;
use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::Decoded;
use crate::imaging::colour::ToSrgb;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::formats::Kind;
use crate::imaging::limits::Header;
use crate::imaging::picture::Picture;
use crate::imaging::planes::Plane;

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

/// RGBA as RGB on a white ground.
pub(super) fn on_white(rgba: &[u8]) -> Vec<u8> {
    rgba.as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[r, g, b, alpha]| {
            let alpha = u16::from(*alpha);
            [r, g, b].map(|v| ((u16::from(*v) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
        })
        .collect()
}

/// RGBA that is opaque as RGB.
pub(super) fn without_alpha(rgba: &[u8]) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for [r, g, b, _] in rgba.as_chunks::<4>().0 {
        rgb.extend([*r, *g, *b]);
    }
    rgb
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
