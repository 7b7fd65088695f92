//! Files made of ISO boxes: MP4 and its relatives, HEIC, AVIF, QuickTime.
//!
//! Source: ISO/IEC 14496-12 section 4.3 (`ftyp`), 23008-12 (HEIF brands), AV1-ISOBMFF/AVIF,
//! the brand registry at mp4ra.org (2026-11), Apple's QuickTime File Format for files without
//! `ftyp`.

use super::Kind;

/// The kind of a file of boxes that begins with `b`.
pub(super) fn sniff(b: &[u8]) -> Option<Kind> {
    let len = u32::from_be_bytes(b.get(..4)?.try_into().ok()?) as usize;
    let name = b.get(4..8)?;
    if name != b"ftyp" {
        return old_quicktime(len, name);
    }
    if len < 16 || !len.is_multiple_of(4) || len > 4096 {
        return None;
    }
    let brands = || {
        b[16..b.len().min(len).max(16)]
            .chunks_exact(4)
            .map(|brand| -> [u8; 4] { brand.try_into().expect("chunks of four") })
    };
    let major: [u8; 4] = b.get(8..12)?.try_into().ok()?;
    match &major {
        b"mif1" | b"msf1" | b"miaf" => brands()
            .find_map(|brand| still(&brand))
            .or(Some(Kind::Heic)),
        b"qt  " => Some(Kind::Mov),
        b"M4V " | b"M4VH" | b"M4VP" => Some(Kind::M4v),
        [b'3', b'g', b'p' | b'2' | b'e' | b'g' | b'r' | b's', _] => Some(Kind::ThreeGp),
        b"M4A " | b"M4B " | b"M4P " | b"crx " | b"jp2 " | b"jpx " | b"jxl " | b"F4A " => None,
        _ => still(&major)
            .or_else(|| is_mp4(&major).then_some(Kind::Mp4))
            .or_else(|| brands().find_map(|brand| still(&brand)))
            .or_else(|| brands().any(|brand| is_mp4(&brand)).then_some(Kind::Mp4)),
    }
}

fn still(brand: &[u8; 4]) -> Option<Kind> {
    match brand {
        b"avif" | b"avis" => Some(Kind::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => {
            Some(Kind::Heic)
        }
        _ => None,
    }
}

fn is_mp4(brand: &[u8; 4]) -> bool {
    matches!(
        brand,
        [b'i', b's', b'o', b'm' | b'1'..=b'9' | b'a'..=b'c']
            | b"mp41"
            | b"mp42"
            | b"mp71"
            | b"avc1"
            | b"hvc1"
            | b"dash"
            | b"mmp4"
            | b"MSNV"
            | b"NDSC"
            | b"XAVC"
            | b"f4v "
            | b"F4V "
    )
}

/// QuickTime before `ftyp` existed: a known first box, of a size a first box can have.
fn old_quicktime(len: usize, name: &[u8]) -> Option<Kind> {
    let is_movie = match name {
        b"moov" => (8..1 << 24).contains(&len),
        b"wide" | b"skip" | b"free" => (8..1 << 16).contains(&len),
        b"mdat" => len <= 1 || (8..1 << 28).contains(&len),
        _ => false,
    };
    is_movie.then_some(Kind::Mov)
}
