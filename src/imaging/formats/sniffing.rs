//! Telling the accepted formats apart by their signatures.
//!
//! Written by hand because the answer must be strict: a signature alone is often two bytes
//! long ("BM"), so each test also looks at a field behind it that chance or HTML cannot fake.

use super::Kind;
use super::boxes;

/// How many first bytes of a file are enough for [`sniff`]; a shorter file is looked at whole.
pub const SNIFF_BYTES: usize = 512;

/// What the file is that begins with `first_bytes`; none when it is nothing we accept.
///
/// Give [`SNIFF_BYTES`] of them, or all when the file is shorter.
pub fn sniff(first_bytes: &[u8]) -> Option<Kind> {
    let b = &first_bytes[..first_bytes.len().min(SNIFF_BYTES)];
    if is_jpeg(b) {
        Some(Kind::Jpeg)
    } else if b.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") {
        Some(Kind::Png)
    } else if b.starts_with(b"GIF87a") || b.starts_with(b"GIF89a") {
        (b.len() > 12).then_some(Kind::Gif)
    } else if b.starts_with(b"RIFF") {
        riff(b)
    } else if b.starts_with(b"II*\0") || b.starts_with(b"MM\0*") {
        (!is_raw(b)).then_some(Kind::Tiff)
    } else if is_bmp(b) {
        Some(Kind::Bmp)
    } else if b.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        matroska(b)
    } else {
        boxes::sniff(b)
    }
}

/// SOI and then a marker that can stand first: APPn, DQT, SOFn, DHT, DRI or COM.
fn is_jpeg(b: &[u8]) -> bool {
    let first = [0xff, 0xd8, 0xff];
    b.starts_with(&first)
        && b.get(3)
            .is_some_and(|m| matches!(m, 0xe0..=0xef | 0xdb | 0xc0..=0xc4 | 0xdd | 0xfe))
}

fn riff(b: &[u8]) -> Option<Kind> {
    match (b.get(8..12)?, b.get(12..16)?) {
        (b"WEBP", b"VP8 " | b"VP8L" | b"VP8X") => Some(Kind::Webp),
        (b"AVI ", b"LIST") => Some(Kind::Avi),
        _ => None,
    }
}

/// "BM", two reserved words of zero, and a header size that exists.
/// Source: Microsoft, "Bitmap Header Types".
fn is_bmp(b: &[u8]) -> bool {
    b.starts_with(b"BM")
        && b.get(6..10) == Some(&[0; 4])
        && u32_le(b, 14).is_some_and(|size| matches!(size, 12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// The DocType inside the EBML header. Source: RFC 8794, section 11.2; RFC 9559, section 5.
fn matroska(b: &[u8]) -> Option<Kind> {
    let (header_len, mut at) = ebml_size(b, 4)?;
    let end = at.checked_add(header_len)?.min(b.len());
    while at + 2 < end {
        let id_len = b[at].leading_zeros() as usize + 1;
        let id = b.get(at..at.checked_add(id_len)?)?;
        let (len, value_at) = ebml_size(b, at + id_len)?;
        let value = b.get(value_at..value_at.checked_add(len)?)?;
        if id == [0x42, 0x82] {
            return match value {
                b"webm" => Some(Kind::Webm),
                b"matroska" => Some(Kind::Mkv),
                _ => None,
            };
        }
        at = value_at + len;
    }
    None
}

/// An EBML variable-length size at `at`, and where its value begins.
fn ebml_size(b: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = *b.get(at)?;
    let len = first.leading_zeros() as usize + 1;
    if len > 8 {
        return None;
    }
    let mut size = u64::from(first) & ((1u64 << (8 - len)) - 1);
    for byte in b.get(at + 1..at + len)? {
        size = size << 8 | u64::from(*byte);
    }
    Some((usize::try_from(size).ok()?, at + len))
}

/// Camera raws are TIFFs that no browser shows: CR2 says so at byte 8, DNG by its DNGVersion
/// tag (0xC612, Adobe DNG 1.7), Nikon and Sony by having sub-images (0x014A) under a
/// reduced-size first one (NewSubfileType 1).
fn is_raw(b: &[u8]) -> bool {
    if b.get(8..10) == Some(b"CR") {
        return true;
    }
    let little = b[0] == b'I';
    let u16_at = |at: usize| {
        let two: [u8; 2] = b.get(at..at + 2)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let u32_at = |at: usize| {
        let four: [u8; 4] = b.get(at..at + 4)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        })
    };
    let Some(ifd) = u32_at(4)
        .map(|at| at as usize)
        .filter(|at| *at < SNIFF_BYTES)
    else {
        return false;
    };
    let (mut is_reduced, mut has_sub_images) = (false, false);
    for entry in 0..usize::from(u16_at(ifd).unwrap_or(0)) {
        let at = ifd + 2 + entry * 12;
        match u16_at(at) {
            None => break,
            Some(0xc612) => return true,
            Some(0x00fe) => is_reduced = u32_at(at + 8) == Some(1),
            Some(0x014a) => has_sub_images = true,
            Some(_) => {}
        }
    }
    is_reduced && has_sub_images
}

fn u32_le(b: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(b.get(at..at + 4)?.try_into().ok()?))
}
