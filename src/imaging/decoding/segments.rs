//! The segments in front of a JPEG's pixels.

/// The payloads of the segments with this `marker` before the first scan.
/// Source: ITU-T T.81, annex B.
pub(super) fn with_marker(file: &[u8], marker: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = file.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        loop {
            while let [0xff, 0xff, ..] = rest {
                rest = &rest[1..];
            }
            let [0xff, found, high, low, ..] = *rest else {
                return None;
            };
            if matches!(found, 0xd9 | 0xda) {
                return None;
            }
            let len = usize::from(u16::from_be_bytes([high, low]));
            let payload = rest.get(4..2 + len)?;
            rest = &rest[2 + len..];
            if found == marker {
                return Some(payload);
            }
        }
    })
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
