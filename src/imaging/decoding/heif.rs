//! HEIC, as iPhones make it: HEVC-coded tiles in a HEIF container.
//!
//! The container's own rotation and mirror are applied by the decoder; the Exif orientation
//! repeats them for readers that know no HEIF and must be ignored.
//! Source: ISO/IEC 23008-12, section 6.5.10, and annex A.2.

use heic_rs::context::Context;
use heic_rs::{DecodeOptions, Error, PixelLayout};

use super::Decoded;
use crate::imaging::colour::ToSrgb;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::limits::{Header, MAX_PIXELS};
use crate::imaging::picture::Picture;
use crate::imaging::planes::Plane;

/// Colour primaries of Display P3. Source: ITU-T H.273, table 2.
const PRIMARIES_P3: u16 = 12;

/// Reads the container.
pub(super) fn look(file: &[u8]) -> Result<Header, Failure> {
    let info = heic_rs::probe(file).map_err(failure)?;
    // 16-bit planes, RGB, and RGB once more while it is turned.
    Header::checked(info.coded_width.into(), info.coded_height.into(), 12)
}

/// Decodes the primary picture, upright.
pub(super) fn decode(file: &[u8]) -> Result<Decoded, Failure> {
    let to_srgb = to_srgb(file).map_err(failure)?;
    let options = DecodeOptions {
        layout: PixelLayout::Rgb8,
        max_pixels: Some(MAX_PIXELS),
        threads: Some(1),
        ..DecodeOptions::default()
    };
    let image = heic_rs::decode(file, &options).map_err(failure)?;
    let (width, height) = (image.width as usize, image.height as usize);
    Ok(Decoded {
        picture: Picture::Rgb(Plane::new(width, height, 3, image.data)),
        width_px: image.width,
        height_px: image.height,
        to_srgb,
        is_upright: true,
    })
}

fn to_srgb(file: &[u8]) -> heic_rs::Result<Option<ToSrgb>> {
    let container = Context::open(file)?;
    let properties = container.props(container.meta.primary)?;
    Ok(match (properties.icc, properties.nclx) {
        (Some(icc), _) => ToSrgb::from_icc(icc),
        (None, Some(nclx)) if nclx.primaries == PRIMARIES_P3 => ToSrgb::from_display_p3(),
        _ => None,
    })
}

fn failure(error: Error) -> Failure {
    match &error {
        Error::Unsupported(_) => Failure::unsupported(error),
        Error::Truncated(_) => Failure::new(FailureCode::Truncated, error),
        Error::PixelLimit { .. } => Failure::new(FailureCode::TooManyPixels, error),
        _ => Failure::damaged(error),
    }
}
