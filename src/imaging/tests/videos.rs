//! Videos in, facts out.

use std::io::{self, Read};

use super::fixtures::{boxed, moov};
use crate::imaging::metadata::of_video;
use crate::imaging::{FailureCode, Kind};

/// 2026-07-18 12:02:11 UTC in seconds since 1904.
const CREATED: u32 = 3_867_220_931;

fn ftyp() -> Vec<u8> {
    boxed(b"ftyp", b"isom\0\0\0\0isommp42")
}

/// Reads like a file but counts, so that a test sees how far a reader went.
struct Counting<R>(R, usize);

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.0.read(buffer)?;
        self.1 += got;
        Ok(got)
    }
}

#[test]
fn a_phone_held_upright_makes_an_upright_video() {
    let file = [ftyp(), moov(CREATED, true)].concat();
    let video = of_video(Kind::Mp4, &file[..]).unwrap();
    assert_eq!((video.width_px, video.height_px), (1080, 1920));
    assert_eq!(video.facts.duration_ms, Some(12_500));
    assert_eq!(video.facts.taken_local_ms, Some(1_784_376_131_000));
    assert_eq!(video.facts.taken_offset_s, Some(0));
    assert!(video.renditions.is_empty());

    let file = [ftyp(), moov(CREATED, false)].concat();
    let video = of_video(Kind::Mov, &file[..]).unwrap();
    assert_eq!((video.width_px, video.height_px), (1920, 1080));
}

#[test]
fn a_description_behind_the_pictures_is_found_and_one_in_front_ends_the_reading() {
    let mdat_len = 300u64 << 20;
    let head = [
        &1u32.to_be_bytes()[..],
        b"mdat",
        &(mdat_len + 16).to_be_bytes(),
    ]
    .concat();
    let pictures = || io::repeat(7).take(mdat_len);
    let (ftyp, moov) = (ftyp(), moov(CREATED, false));

    let behind = ftyp.chain(&head[..]).chain(pictures()).chain(&moov[..]);
    assert_eq!(of_video(Kind::Mp4, behind).unwrap().width_px, 1920);

    let front = ftyp.chain(&moov[..]).chain(&head[..]).chain(pictures());
    let mut front = Counting(front, 0);
    assert_eq!(of_video(Kind::Mp4, &mut front).unwrap().width_px, 1920);
    assert!(front.1 <= ftyp.len() + moov.len(), "{} bytes read", front.1);
}

#[test]
fn what_the_phone_wrote_in_words_goes_before_the_header() {
    let pairs = [
        (
            "com.apple.quicktime.creationdate",
            "2026-07-18T14:02:11+0200",
        ),
        ("com.apple.quicktime.make", "Apple"),
        ("com.apple.quicktime.model", "iPhone 15"),
        (
            "com.apple.quicktime.location.ISO6709",
            "+46.9480+007.4474+540.0/",
        ),
    ];
    let mut keys = [0, 0, 0, 0, 0, 0, 0, pairs.len() as u8].to_vec();
    let mut values = Vec::new();
    for (index, (key, value)) in pairs.iter().enumerate() {
        keys.extend(boxed(b"mdta", key.as_bytes()));
        let data = boxed(
            b"data",
            &[&[0, 0, 0, 1, 0, 0, 0, 0], value.as_bytes()].concat(),
        );
        values.extend(boxed(&(index as u32 + 1).to_be_bytes(), &data));
    }
    let meta = [
        boxed(b"hdlr", &[0; 25]),
        boxed(b"keys", &keys),
        boxed(b"ilst", &values),
    ]
    .concat();
    let iso = boxed(b"meta", &[vec![0; 4], meta.clone()].concat());
    for meta in [boxed(b"meta", &meta), boxed(b"udta", &iso), iso] {
        let header = moov(CREATED - 99_999, false);
        let file = [ftyp(), boxed(b"moov", &[&header[8..], &meta].concat())].concat();
        let facts = of_video(Kind::Mov, &file[..]).unwrap().facts;
        assert_eq!(facts.taken_local_ms, Some(1_784_383_331_000));
        assert_eq!(facts.taken_offset_s, Some(7200));
        assert_eq!(facts.camera.as_deref(), Some("Apple iPhone 15"));
        assert_eq!(
            (facts.latitude, facts.longitude),
            (Some(46.948), Some(7.4474))
        );
    }
}

#[test]
fn a_video_clock_that_was_never_set_is_no_capture_time() {
    let file = [ftyp(), moov(0, false)].concat();
    let facts = of_video(Kind::Mp4, &file[..]).unwrap().facts;
    assert_eq!((facts.taken_local_ms, facts.taken_offset_s), (None, None));
}

#[test]
fn a_video_without_its_header_cannot_be_shown() {
    let without = [ftyp(), boxed(b"mdat", &[0; 5000])].concat();
    assert_eq!(
        of_video(Kind::Mp4, &without[..]).unwrap_err().code,
        FailureCode::Damaged
    );
    let whole = [ftyp(), moov(CREATED, false)].concat();
    let cut = &whole[..whole.len() - 40];
    assert_eq!(
        of_video(Kind::Mp4, cut).unwrap_err().code,
        FailureCode::Truncated
    );
    let endless = [ftyp(), b"\0\0\0\x04free".to_vec()].concat();
    assert_eq!(
        of_video(Kind::Mp4, &endless[..]).unwrap_err().code,
        FailureCode::Damaged
    );
}

#[test]
fn a_damaged_video_never_panics() {
    let file = [ftyp(), moov(CREATED, true)].concat();
    for at in 0..file.len() {
        for value in [0x00, 0x7f, 0xff] {
            let mut damaged = file.clone();
            damaged[at] = value;
            let _ = of_video(Kind::Mp4, &damaged[..]);
        }
        let _ = of_video(Kind::Mp4, &file[..at]);
    }
}

#[test]
fn an_avi_tells_its_size_and_length() {
    let mut avih = vec![0u8; 56];
    for (index, value) in [(0, 40_000u32), (4, 250), (8, 640), (9, 480)] {
        avih[index * 4..][..4].copy_from_slice(&value.to_le_bytes());
    }
    let file = [
        b"RIFF\0\0\0\0AVI LIST\x44\0\0\0hdrlavih\x38\0\0\0".as_slice(),
        &avih,
    ]
    .concat();
    let video = of_video(Kind::Avi, &file[..]).unwrap();
    assert_eq!((video.width_px, video.height_px), (640, 480));
    assert_eq!(video.facts.duration_ms, Some(10_000));
}

#[test]
fn matroska_that_cannot_be_read_is_kept_without_facts() {
    let junk = [&[0x1a, 0x45, 0xdf, 0xa3, 0x84][..], &[0xff; 900]].concat();
    let video = of_video(Kind::Webm, &junk[..]).unwrap();
    assert_eq!((video.width_px, video.facts.duration_ms), (0, None));
}
