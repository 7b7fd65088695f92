//! Files made by hand, so that each says exactly what a test is about.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use turbojpeg::Subsamp;

/// The colours of [`corners`]: top left, top right, bottom left, bottom right.
pub const CORNERS: [[u8; 3]; 4] = [[220, 40, 40], [40, 200, 60], [50, 60, 210], [230, 220, 60]];

/// An upright picture with four different quarters.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let quarter = usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2);
        Rgb(CORNERS[quarter])
    })
}

/// `upright` as a camera with that Exif orientation would have stored it: the inverse of what
/// a viewer does, written with the `image` crate's own turns.
pub fn stored_as(upright: &RgbImage, orientation: u16) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => flip_horizontal(&rotate90(upright)),
        6 => rotate270(upright),
        7 => flip_vertical(&rotate90(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

/// A baseline JPEG.
pub fn jpeg(image: &RgbImage, quality: i32) -> Vec<u8> {
    jpeg_with(image, quality, Subsamp::Sub2x2)
}

/// A baseline JPEG with that layout of colour.
pub fn jpeg_with(image: &RgbImage, quality: i32, layout: Subsamp) -> Vec<u8> {
    let image = turbojpeg::Image {
        pixels: image.as_raw().as_slice(),
        width: image.width() as usize,
        pitch: image.width() as usize * 3,
        height: image.height() as usize,
        format: turbojpeg::PixelFormat::RGB,
    };
    turbojpeg::compress(image, quality, layout)
        .unwrap()
        .to_vec()
}

/// The picture in any format the `image` crate writes.
pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// `jpeg` with this Exif in front.
pub fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xe1, &[b"Exif\0\0", exif].concat())
}

/// `jpeg` with this colour profile in front.
pub fn with_icc(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xe2, &[b"ICC_PROFILE\0\x01\x01", profile].concat())
}

fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let len = (payload.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &len, payload, &jpeg[2..]].concat()
}

/// Exif with orientation, maker, model and a place (46° 56' 52.7" N, 7° 26' 41" W), and a
/// moment with its offset when given.
pub fn exif(orientation: u16, taken: Option<(&str, &str)>) -> Vec<u8> {
    let rational = |parts: [u32; 6]| parts.map(u32::to_le_bytes).concat();
    let gps = [
        (1, 2, 2, b"N\0".to_vec()),
        (2, 5, 3, rational([46, 1, 56, 1, 527, 10])),
        (3, 2, 2, b"W\0".to_vec()),
        (4, 5, 3, rational([7, 1, 26, 1, 41, 1])),
    ];
    let text = |text: &str| [text.as_bytes(), b"\0"].concat();
    let taken = taken.map(|(moment, offset)| {
        let (moment, offset) = (text(moment), text(offset));
        [
            (0x9003, 2, moment.len() as u32, moment),
            (0x9011, 2, offset.len() as u32, offset),
        ]
    });
    let (maker, model) = (text("Testmaker"), text("One"));
    let sub = |at: u32| at.to_le_bytes().to_vec();
    let first = |exif_at: u32, gps_at: u32| {
        directory(
            8,
            &[
                (0x010f, 2, maker.len() as u32, maker.clone()),
                (0x0110, 2, model.len() as u32, model.clone()),
                (0x0112, 3, 1, vec![orientation as u8, 0, 0, 0]),
                (0x8769, 4, 1, sub(exif_at)),
                (0x8825, 4, 1, sub(gps_at)),
            ],
        )
    };
    let exif_at = 8 + first(0, 0).len() as u32;
    let moments = directory(exif_at, taken.as_ref().map_or(&[], |taken| &taken[..]));
    let gps_at = exif_at + moments.len() as u32;
    let header = b"II*\0\x08\0\0\0".to_vec();
    [
        header,
        first(exif_at, gps_at),
        moments,
        directory(gps_at, &gps),
    ]
    .concat()
}

/// A TIFF directory that stands at `at`, with its longer values behind it.
fn directory(at: u32, entries: &[(u16, u16, u32, Vec<u8>)]) -> Vec<u8> {
    let mut head = (entries.len() as u16).to_le_bytes().to_vec();
    let mut tail = Vec::new();
    let tail_at = at + 2 + entries.len() as u32 * 12 + 4;
    for (tag, kind, count, value) in entries {
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend(count.to_le_bytes());
        if value.len() <= 4 {
            head.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            head.extend((tail_at + tail.len() as u32).to_le_bytes());
            tail.extend(value);
        }
    }
    head.extend([0; 4]);
    [head, tail].concat()
}

/// A PNG of a few bytes that declares this size.
pub fn png_declaring(width: u32, height: u32) -> Vec<u8> {
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 2, 0, 0, 0],
    ]
    .concat();
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let body = [&name[..], data].concat();
        let crc = crc32fast::hash(&body).to_be_bytes();
        [&(data.len() as u32).to_be_bytes()[..], &body, &crc].concat()
    };
    let data = chunk(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01");
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        data,
        chunk(b"IEND", b""),
    ]
    .concat()
}

/// An ISO box.
pub fn boxed(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let len = payload.len() as u32 + 8;
    [&len.to_be_bytes()[..], name, payload].concat()
}

/// The movie header of a video of 1920 × 1080 stored, `quarter_turn` or not, 12.5 s long.
pub fn moov(created_mac_s: u32, quarter_turn: bool) -> Vec<u8> {
    let mut mvhd = vec![0; 100];
    mvhd[4..8].copy_from_slice(&created_mac_s.to_be_bytes());
    mvhd[12..16].copy_from_slice(&600u32.to_be_bytes());
    mvhd[16..20].copy_from_slice(&7500u32.to_be_bytes());
    let mut tkhd = vec![0; 84];
    let (a, b) = if quarter_turn {
        (0u32, 1u32 << 16)
    } else {
        (1 << 16, 0)
    };
    tkhd[40..44].copy_from_slice(&a.to_be_bytes());
    tkhd[44..48].copy_from_slice(&b.to_be_bytes());
    tkhd[76..80].copy_from_slice(&(1920u32 << 16).to_be_bytes());
    tkhd[80..84].copy_from_slice(&(1080u32 << 16).to_be_bytes());
    let hdlr = |kind: &[u8]| boxed(b"hdlr", &[&[0; 8][..], kind, &[0; 13]].concat());
    let sound = boxed(b"trak", &boxed(b"mdia", &hdlr(b"soun")));
    let picture = [boxed(b"tkhd", &tkhd), boxed(b"mdia", &hdlr(b"vide"))].concat();
    let tracks = [sound, boxed(b"trak", &picture)].concat();
    boxed(b"moov", &[boxed(b"mvhd", &mvhd), tracks].concat())
}
