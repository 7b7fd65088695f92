//! HEIC, as iPhones make it: HEVC-coded tiles in a HEIF container.
//!
//! The container's own rotation and mirror are applied by the decoder; the Exif orientation
//! repeats them for readers that know no HEIF and must be ignored.
//! Source: ISO/IEC 23008-12, section 6.5.10, and annex A.2.

use epu_pixels::{Picture, Plane, on_white, without_alpha};
use heifer::heifer_isobmff::boxes::{ColorInfo, Property};
use heifer::heifer_isobmff::{self, HeifFile, ItemId};
use heifer::{Error, Options};

use super::Decoded;
use crate::imaging::colour::ToSrgb;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::limits::{Header, MAX_PIXELS};

/// Colour primaries of Display P3. Source: ITU-T H.273, table 2.
const PRIMARIES_P3: u16 = 12;

/// Reads the container.
pub(super) fn look(file: &[u8]) -> Result<Header, Failure> {
    let container = open(file)?;
    let size = container.image_size(container.primary_id);
    let Some((width, height)) = size.map_err(|error| failure(error.into()))? else {
        return Err(Failure::damaged("the picture does not say its size"));
    };
    // 16-bit planes or RGBA, RGBA once more while it is turned, and RGB.
    Header::checked(width.into(), height.into(), 11)
}

/// Decodes the primary picture, upright.
pub(super) fn decode(file: &[u8]) -> Result<Decoded, Failure> {
    let container = open(file)?;
    let primary = container.primary_id;
    let first_tile = container.referenced_items(primary, b"dimg").first();
    let to_srgb = [Some(&primary), first_tile]
        .into_iter()
        .flatten()
        .find_map(|item| to_srgb(&container, *item));
    let options = Options {
        max_threads: 1,
        max_pixels: MAX_PIXELS,
    };
    let image = heifer::decode_rgba8(file, &options).map_err(failure)?;
    let (width, height) = (image.width as usize, image.height as usize);
    let samples = if image.has_alpha {
        on_white(&image.data)
    } else {
        without_alpha(&image.data)
    };
    Ok(Decoded {
        picture: Picture::Rgb(Plane::new(width, height, 3, samples)),
        width_px: image.width,
        height_px: image.height,
        to_srgb,
        is_upright: true,
    })
}

fn open(file: &[u8]) -> Result<HeifFile<'_>, Failure> {
    HeifFile::parse(file).map_err(|error| failure(error.into()))
}

fn to_srgb(container: &HeifFile<'_>, item: ItemId) -> Option<ToSrgb> {
    if let Ok(Some(profile)) = container.icc_profile(item) {
        return ToSrgb::from_icc(profile);
    }
    let is_p3 = container.item_properties(item).ok()?.any(|property| {
        matches!(property, Property::Color(ColorInfo::Nclx { primaries, .. }) if *primaries == PRIMARIES_P3)
    });
    is_p3.then(ToSrgb::from_display_p3).flatten()
}

fn failure(error: Error) -> Failure {
    match &error {
        Error::Unsupported(_) => Failure::unsupported(error),
        Error::Container(heifer_isobmff::Error::UnexpectedEof) => {
            Failure::new(FailureCode::Truncated, error)
        }
        _ => Failure::damaged(error),
    }
}
