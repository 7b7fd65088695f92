//! What phones write into a movie's header in words: when, where and with what.
//!
//! Source: Apple, QuickTime File Format, "Metadata" (`meta`, `keys`, `ilst`); ISO 6709 annex H
//! for places; Android's MPEG4Writer for `©xyz` and its own keys.

use super::moments::{Moment, offset_s};
use super::moov::{boxes, find, number};

/// The words of one movie.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    pub taken: Option<Moment>,
    pub maker: Option<String>,
    pub model: Option<String>,
    /// Degrees north and east.
    pub place: Option<(f64, f64)>,
}

/// Reads the words in the payload of a `moov` box.
pub(super) fn read(moov: &[u8]) -> Words {
    let mut words = Words::default();
    let android = find(moov, b"udta").and_then(|udta| find(udta, b"\xa9xyz"));
    if let Some(text) = android.and_then(|text| text.get(4..)) {
        words.place = place(&String::from_utf8_lossy(text));
    }
    for (key, value) in keyed(moov).unwrap_or_default() {
        match key.as_str() {
            "com.apple.quicktime.creationdate" => words.taken = moment(&value),
            "com.apple.quicktime.make" | "com.android.manufacturer" => words.maker = Some(value),
            "com.apple.quicktime.model" | "com.android.model" => words.model = Some(value),
            "com.apple.quicktime.location.ISO6709" => words.place = place(&value),
            _ => {}
        }
    }
    words
}

/// The pairs of key and text. `ilst` names each value by the number of its key, from 1.
fn keyed(moov: &[u8]) -> Option<Vec<(String, String)>> {
    let meta = find(moov, b"meta").or_else(|| find(find(moov, b"udta")?, b"meta"))?;
    // Apple's `meta` has no version in front, that of ISO has.
    let meta = if meta.get(4..8) == Some(b"hdlr") {
        meta
    } else {
        meta.get(4..)?
    };
    let keys = find(meta, b"keys")?.get(8..)?;
    let keys: Vec<_> = boxes(keys).map(|(_, key)| text(key)).collect();
    let values = boxes(find(meta, b"ilst")?).filter_map(|(name, item)| {
        let key = usize::try_from(number(&name, 0, false))
            .ok()?
            .checked_sub(1)?;
        let value = find(item, b"data")?.get(8..)?;
        Some((keys.get(key)?.clone(), text(value)))
    });
    Some(values.collect())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// "2026-07-18T14:02:11+0200".
fn moment(value: &str) -> Option<Moment> {
    let (moment, offset) = value.split_at_checked(19)?;
    let moment = Moment::from_text(moment)?;
    Moment::believable(moment.local_ms, offset_s(offset))
}

/// "+46.9480+007.4474+540.0/".
fn place(value: &str) -> Option<(f64, f64)> {
    let east = 1 + value.get(1..)?.find(['+', '-'])?;
    let (latitude, rest) = value.split_at(east);
    let end = 1 + rest.get(1..)?.find(['+', '-', '/', 'C'])?;
    let (latitude, longitude) = (latitude.parse().ok()?, rest[..end].parse().ok()?);
    super::exif::believable(latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_phones_write_it() {
        assert_eq!(place("+46.9480+007.4474+540.0/"), Some((46.948, 7.4474)));
        assert_eq!(place("-33.8568-070.6483/"), Some((-33.8568, -70.6483)));
        assert_eq!(place("+46.9480+007.4474CRSWGS_84/"), Some((46.948, 7.4474)));
        for garbage in ["", "+", "+46", "+46.9+7", "é+é/", "+999+0/", "+00.0+000.0/"] {
            assert_eq!(place(garbage), None, "{garbage:?}");
        }
    }
}
