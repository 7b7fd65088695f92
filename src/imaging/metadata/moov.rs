//! The movie header of MP4 and QuickTime: length, size, and which way the phone was held.
//!
//! Source: ISO/IEC 14496-12, sections 8.2.2 (`mvhd`), 8.3.2 (`tkhd`), 8.4.3 (`hdlr`),
//! 8.8.2 (`mehd`).

/// Seconds from QuickTime's zero (1904-01-01) to 1970.
const MAC_EPOCH_S: i64 = 2_082_844_800;

/// What `moov` tells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Movie {
    /// Upright; 0 when there is no picture track.
    pub width_px: u32,
    pub height_px: u32,
    pub duration_ms: Option<i64>,
    /// In ms since 1970, UTC. Some makers leave it at zero, which is 1904.
    pub created_ms: i64,
}

/// Reads the payload of a `moov` box. Whatever is missing or cut off stays at its default.
pub(super) fn read(moov: &[u8]) -> Movie {
    let mut movie = Movie::default();
    let mut scale = 0;
    if let Some(header) = find(moov, b"mvhd") {
        let wide = header.first() == Some(&1);
        let at = if wide { 20 } else { 12 };
        movie.created_ms = (number(header, 4, wide) as i64)
            .saturating_sub(MAC_EPOCH_S)
            .saturating_mul(1000);
        scale = number(header, at, false);
        movie.duration_ms = duration_ms(number(header, at + 4, wide), scale, wide);
    }
    if movie.duration_ms.is_none()
        && let Some(fragments) = find(moov, b"mvex").and_then(|mvex| find(mvex, b"mehd"))
    {
        let wide = fragments.first() == Some(&1);
        movie.duration_ms = duration_ms(number(fragments, 4, wide), scale, wide);
    }
    for (_, track) in boxes(moov).filter(|(name, _)| name == b"trak") {
        let handler = find(track, b"mdia").and_then(|mdia| find(mdia, b"hdlr"));
        let is_picture = handler.and_then(|hdlr| hdlr.get(8..12)) == Some(b"vide");
        if let (true, Some(size)) = (is_picture, find(track, b"tkhd").and_then(upright_size)) {
            (movie.width_px, movie.height_px) = size;
            break;
        }
    }
    movie
}

/// The boxes inside `payload` as (name, payload), until one does not fit.
pub(super) fn boxes(payload: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = payload;
    std::iter::from_fn(move || {
        let (len, name) = (number(rest, 0, false) as usize, rest.get(4..8)?);
        let inside = rest.get(8..len)?;
        rest = &rest[len..];
        Some((name.try_into().ok()?, inside))
    })
}

pub(super) fn find<'a>(payload: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(payload).find_map(|(found, inside)| (found == *name).then_some(inside))
}

/// A big-endian number of 8 or 4 bytes at `at`; 0 when cut off.
pub(super) fn number(b: &[u8], at: usize, wide: bool) -> u64 {
    let bytes = b.get(at..at + if wide { 8 } else { 4 }).unwrap_or_default();
    bytes
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// All ones mean "unknown".
fn duration_ms(units: u64, scale: u64, wide: bool) -> Option<i64> {
    let unknown = if wide { u64::MAX } else { u64::from(u32::MAX) };
    if scale == 0 || units == 0 || units == unknown {
        return None;
    }
    i64::try_from(u128::from(units) * 1000 / u128::from(scale)).ok()
}

/// The size in `tkhd`, with sides swapped when its matrix turns by a quarter.
fn upright_size(tkhd: &[u8]) -> Option<(u32, u32)> {
    let matrix = if tkhd.first() == Some(&1) { 52 } else { 40 };
    let fixed = |at| number(tkhd, at, false) as u32;
    let (width, height) = (fixed(matrix + 36) >> 16, fixed(matrix + 40) >> 16);
    let (a, b) = (fixed(matrix), fixed(matrix + 4));
    let size = if a == 0 && b != 0 {
        (height, width)
    } else {
        (width, height)
    };
    (width > 0 && height > 0).then_some(size)
}
