//! The segments in front of a JPEG's pixels.

/// The segments before the first scan as (marker, whole segment), and where they begin.
/// What stands between two of them is skipped, as every viewer does.
/// Source: ITU-T T.81, annex B.
fn segments(file: &[u8]) -> impl Iterator<Item = (u8, usize, &[u8])> {
    let mut at = 2;
    std::iter::from_fn(move || {
        while !matches!(file.get(at..at + 2)?, [0xff, 0xc0..=0xcf | 0xda..=0xfe]) {
            at += 1;
        }
        let (begin, marker) = (at, file[at + 1]);
        if marker == 0xda {
            return None;
        }
        let len = u16::from_be_bytes([*file.get(at + 2)?, *file.get(at + 3)?]);
        at += 2 + usize::from(len).max(2);
        Some((marker, begin, file.get(begin..at)?))
    })
}

/// The payloads of the segments with this `marker` before the first scan.
pub(super) fn with_marker(file: &[u8], marker: u8) -> impl Iterator<Item = &[u8]> {
    segments(file)
        .filter(move |(found, ..)| *found == marker)
        .map(|(_, _, segment)| &segment[4..])
}

/// The file with only those segments in front of its pixels that a decoder needs, and no junk
/// between them: tables, frame, restart interval, and what JFIF and Adobe say of colour.
pub(super) fn cleaned(file: &[u8]) -> Vec<u8> {
    let mut clean = vec![0xff, 0xd8];
    let mut pixels_at = 2;
    for (marker, begin, segment) in segments(file) {
        pixels_at = begin + segment.len();
        let whole_adobe = marker == 0xee && segment.len() >= 16;
        if whole_adobe || matches!(marker, 0xc0..=0xcf | 0xdb | 0xdd | 0xe0) {
            clean.extend_from_slice(segment);
        }
    }
    clean.extend_from_slice(&file[pixels_at.min(file.len())..]);
    clean
}

/// The ICC profile, put together from its parts. Source: ICC.1:2022, annex B.4.
pub(super) fn icc_profile(file: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, &[u8])> = with_marker(file, 0xe2)
        .filter_map(|payload| match payload.strip_prefix(b"ICC_PROFILE\0")? {
            [number, _count, data @ ..] => Some((*number, data)),
            _ => None,
        })
        .collect();
    parts.sort_by_key(|(number, _)| *number);
    let profile = parts
        .into_iter()
        .flat_map(|(_, data)| data)
        .copied()
        .collect::<Vec<u8>>();
    (!profile.is_empty()).then_some(profile)
}

/// Whether Adobe's marker is there, which means that CMYK is stored inverted.
pub(super) fn has_adobe_marker(file: &[u8]) -> bool {
    with_marker(file, 0xee).any(|payload| payload.starts_with(b"Adobe"))
}
