use super::*;

fn ftyp(brands: &str) -> Vec<u8> {
    let (major, compatible) = brands.split_at(4);
    let len = 16 + compatible.len() as u32;
    [
        &len.to_be_bytes()[..],
        b"ftyp",
        major.as_bytes(),
        &[0; 4],
        compatible.as_bytes(),
    ]
    .concat()
}

fn ebml(doc_type: &str) -> Vec<u8> {
    let inner = [
        &[0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x80 | doc_type.len() as u8][..],
        doc_type.as_bytes(),
    ]
    .concat();
    [
        &[0x1a, 0x45, 0xdf, 0xa3, 0x80 | inner.len() as u8][..],
        &inner,
        &[0; 20],
    ]
    .concat()
}

fn tiff(tags: &[(u16, u32)]) -> Vec<u8> {
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((tags.len() as u16).to_le_bytes());
    for (tag, value) in tags {
        file.extend(tag.to_le_bytes());
        file.extend([4, 0, 1, 0, 0, 0]);
        file.extend(value.to_le_bytes());
    }
    file
}

fn bmp() -> Vec<u8> {
    [
        b"BM".as_slice(),
        &[70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0],
    ]
    .concat()
}

#[test]
fn each_accepted_format_is_known_by_its_first_bytes() {
    let files: [(Vec<u8>, Kind); 26] = [
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), Kind::Jpeg),
        (b"\xff\xd8\xff\xe1\0\x10Exif\0".to_vec(), Kind::Jpeg),
        (b"\xff\xd8\xff\xdb\0\x43".to_vec(), Kind::Jpeg),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Kind::Png),
        (b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), Kind::Gif),
        (b"RIFF\x10\0\0\0WEBPVP8X".to_vec(), Kind::Webp),
        (b"RIFF\x10\0\0\0AVI LIST".to_vec(), Kind::Avi),
        (tiff(&[(0x100, 10)]), Kind::Tiff),
        (b"MM\0*\0\0\0\x08\0\x01".to_vec(), Kind::Tiff),
        (bmp(), Kind::Bmp),
        (ebml("webm"), Kind::Webm),
        (ebml("matroska"), Kind::Mkv),
        (ftyp("heicmif1heic"), Kind::Heic),
        (ftyp("mif1mif1heicmiaf"), Kind::Heic),
        (ftyp("msf1msf1hevc"), Kind::Heic),
        (ftyp("avifavifmif1miafMA1B"), Kind::Avif),
        (ftyp("mif1mif1avif"), Kind::Avif),
        (ftyp("isomisomiso2avc1mp41"), Kind::Mp4),
        (ftyp("mp42mp42isom"), Kind::Mp4),
        (ftyp("SIMPmp42"), Kind::Mp4),
        (ftyp("qt  qt  "), Kind::Mov),
        (b"\0\0\0\x08wide\0\x10\0\0mdat".to_vec(), Kind::Mov),
        (b"\0\0\x40\0moov\0\0\0\x6cmvhd".to_vec(), Kind::Mov),
        (ftyp("M4V M4V mp42"), Kind::M4v),
        (ftyp("3gp43gp4"), Kind::ThreeGp),
        (ftyp("3gp5isom"), Kind::ThreeGp),
    ];
    for (bytes, kind) in files {
        assert_eq!(
            sniff(&bytes),
            Some(kind),
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[test]
fn what_a_browser_could_run_or_a_gallery_cannot_show_is_refused() {
    let files: [Vec<u8>; 24] = [
        b"".to_vec(),
        b"\xff\xd8\xff".to_vec(),
        b"<!DOCTYPE html><html>".to_vec(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\">".to_vec(),
        b"\xef\xbb\xbf<?xml version=\"1.0\"?><svg/>".to_vec(),
        b"<!--moov--><script>".to_vec(),
        b"%PDF-1.7".to_vec(),
        b"PK\x03\x04".to_vec(),
        b"BMW is a maker of cars and not a bitmap".to_vec(),
        b"GIF89a".to_vec(),
        b"GIF90a\x01\0\x01\0\0\0\0".to_vec(),
        b"RIFF\x10\0\0\0WAVEfmt ".to_vec(),
        b"MZ\x90\0".to_vec(),
        b"ID3\x03".to_vec(),
        b"\xff\xfb\x90\x64".to_vec(),
        b"II*\0\x10\0\0\0CR\x02\0".to_vec(),
        tiff(&[(0x100, 10), (0xc612, 0x401)]),
        tiff(&[(0xfe, 1), (0x14a, 99)]),
        ebml("evil"),
        ftyp("M4A mp42isom"),
        ftyp("crx isom"),
        ftyp("jp2 jp2 "),
        ftyp("zzzz"),
        vec![0; SNIFF_BYTES],
    ];
    for bytes in files {
        assert_eq!(
            sniff(&bytes),
            None,
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[test]
fn no_beginning_makes_sniffing_panic() {
    let seeds = [
        ftyp("heicmif1heic"),
        ebml("webm"),
        tiff(&[(0x100, 10)]),
        bmp(),
    ];
    for seed in seeds {
        for cut in 0..seed.len() {
            let _ = sniff(&seed[..cut]);
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut bytes = seed.clone();
                bytes[cut] = value;
                let _ = sniff(&bytes);
            }
        }
    }
}

#[test]
fn a_kind_is_read_back_from_its_name() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        assert_eq!(kind.content_type().starts_with("video/"), kind.is_video());
    }
    assert_eq!(Kind::parse("svg"), None);
}
