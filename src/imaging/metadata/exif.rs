//! Exif of photos, in whatever container it came.

use bytes::Bytes;
use epu_pixels::Orientation;
use heifer::heifer_isobmff::HeifFile;
use nom_exif::{EntryValue, Exif, ExifTag, GPSInfo, MediaParser, MediaSource};

use super::moments::{Moment, offset_s};
use crate::imaging::formats::Kind;
use crate::imaging::rendered::Facts;

/// Longest name of a camera that is kept, in characters.
const MAX_CAMERA_CHARS: usize = 100;

/// The Exif of a photo, if it has any that can be read.
pub(super) fn read(kind: Kind, file: &Bytes) -> Option<(Facts, Orientation)> {
    if matches!(kind, Kind::Gif | Kind::Bmp) {
        return None;
    }
    let source = MediaSource::from_memory(block(kind, file)?).ok()?;
    let mut parser = MediaParser::new();
    let exif: Exif = match kind {
        Kind::Png => parser.parse_image_metadata(source).ok()?.exif?.into(),
        _ => parser.parse_exif(source).ok()?.into(),
    };
    let orientation = exif
        .get(ExifTag::Orientation)
        .and_then(EntryValue::try_as_integer)
        .and_then(|number| u64::try_from(number).ok())
        .map_or(Orientation::Upright, Orientation::from_exif);
    let moment = taken(&exif);
    let (latitude, longitude) = exif.gps_info().and_then(place).unzip();
    let text = |tag| exif.get(tag).and_then(EntryValue::as_str);
    let facts = Facts {
        taken_local_ms: moment.map(|moment| moment.local_ms),
        taken_offset_s: moment.and_then(|moment| moment.offset_s),
        camera: camera(text(ExifTag::Make), text(ExifTag::Model)),
        latitude,
        longitude,
        duration_ms: None,
    };
    Some((facts, orientation))
}

/// What to look for Exif in. In HEIF it is an item of the primary picture; the metadata crate
/// does not find it in every phone's file, and finds another picture's where there are two.
fn block(kind: Kind, file: &Bytes) -> Option<Bytes> {
    if !matches!(kind, Kind::Heic | Kind::Avif) {
        return Some(file.clone());
    }
    let container = HeifFile::parse(file).ok()?;
    container.exif(container.primary_id).ok()?.map(Bytes::from)
}

/// When the shutter was released, else when it was digitised, else when the file was changed.
fn taken(exif: &Exif) -> Option<Moment> {
    let tags = [
        (
            ExifTag::DateTimeOriginal,
            ExifTag::OffsetTimeOriginal,
            ExifTag::SubSecTimeOriginal,
        ),
        (
            ExifTag::CreateDate,
            ExifTag::OffsetTimeDigitized,
            ExifTag::SubSecTimeDigitized,
        ),
        (
            ExifTag::ModifyDate,
            ExifTag::OffsetTime,
            ExifTag::SubSecTime,
        ),
    ];
    tags.into_iter().find_map(|(date, offset, fraction)| {
        let moment = Moment::from_entry(exif.get(date)?)?;
        let text = |tag| exif.get(tag).and_then(EntryValue::as_str);
        let fraction = text(fraction).map_or(0, thousandths);
        Some(Moment {
            local_ms: moment.local_ms - moment.local_ms.rem_euclid(1000) + fraction,
            offset_s: moment.offset_s.or_else(|| text(offset).and_then(offset_s)),
        })
    })
}

/// The digits behind the point of a second, as ms: they put the frames of a burst in order.
fn thousandths(digits: &str) -> i64 {
    let digits: String = digits
        .chars()
        .take_while(char::is_ascii_digit)
        .chain("000".chars())
        .take(3)
        .collect();
    digits.parse().unwrap_or(0)
}

fn place(gps: &GPSInfo) -> Option<(f64, f64)> {
    believable(gps.latitude_decimal()?, gps.longitude_decimal()?)
}

/// Degrees north and east, unless they are the zeros of a receiver that saw no satellite.
pub(super) fn believable(latitude: f64, longitude: f64) -> Option<(f64, f64)> {
    let is_real = (-90.0..=90.0).contains(&latitude)
        && (-180.0..=180.0).contains(&longitude)
        && (latitude, longitude) != (0.0, 0.0);
    is_real.then_some((latitude, longitude))
}

/// Maker and model as one name; the maker is left out where the model repeats it.
pub(super) fn camera(maker: Option<&str>, model: Option<&str>) -> Option<String> {
    let clean = |name: Option<&str>| {
        let visible = name?.split(char::is_control).next()?.trim();
        (!visible.is_empty()).then(|| visible.to_owned())
    };
    let name = match (clean(maker), clean(model)) {
        (Some(maker), Some(model)) => {
            let first = maker.split(' ').next().unwrap_or_default().to_lowercase();
            if model.to_lowercase().starts_with(&first) {
                model
            } else {
                format!("{maker} {model}")
            }
        }
        (maker, model) => model.or(maker)?,
    };
    Some(name.chars().take(MAX_CAMERA_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_named_once() {
        assert_eq!(
            camera(Some("Apple"), Some("iPhone 15 Pro")).as_deref(),
            Some("Apple iPhone 15 Pro")
        );
        assert_eq!(
            camera(Some("Canon"), Some("Canon EOS R6")).as_deref(),
            Some("Canon EOS R6")
        );
        assert_eq!(
            camera(Some("NIKON CORPORATION\0"), Some("NIKON Z 6")).as_deref(),
            Some("NIKON Z 6")
        );
        assert_eq!(
            camera(None, Some(" Pixel 8\0junk")).as_deref(),
            Some("Pixel 8")
        );
        assert_eq!(camera(Some("\0"), Some("  ")), None);
        assert_eq!(
            camera(None, Some(&"é".repeat(999))).map(|name| name.chars().count()),
            Some(100)
        );
    }

    #[test]
    fn frames_of_a_burst_differ_by_their_fractions() {
        assert_eq!(thousandths("7"), 700);
        assert_eq!(thousandths("042"), 42);
        assert_eq!(thousandths("123456"), 123);
        assert_eq!(thousandths("junk"), 0);
    }
}
