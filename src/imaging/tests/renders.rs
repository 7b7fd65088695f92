//! Photos in, renditions out, in this process; the child is tried in `tests/decoder.rs`.

use bytes::Bytes;
use image::{ImageFormat, Rgb, RgbImage};

use super::fixtures::{self, CORNERS};
use crate::imaging::renditions::Original;
use crate::imaging::{FailureCode, Kind, Rendered, RenditionSize, sniff};

fn render(file: &[u8]) -> Rendered {
    try_render(file).expect("the photo can be shown")
}

fn try_render(file: &[u8]) -> Result<Rendered, crate::imaging::Failure> {
    let kind = sniff(file).expect("an accepted kind");
    Original::open(kind, Bytes::copy_from_slice(file))?.render()
}

fn pixels(rendered: &Rendered, size: RenditionSize) -> RgbImage {
    let rendition = rendered
        .renditions
        .iter()
        .find(|r| r.size == size)
        .expect("all sizes");
    match size {
        RenditionSize::Px400 => image::load_from_memory(&rendition.bytes)
            .unwrap()
            .into_rgb8(),
        _ => {
            let decoded =
                turbojpeg::decompress(&rendition.bytes, turbojpeg::PixelFormat::RGB).unwrap();
            let (width, height) = (decoded.width as u32, decoded.height as u32);
            RgbImage::from_raw(width, height, decoded.pixels).unwrap()
        }
    }
}

fn assert_colour(found: &Rgb<u8>, expected: [u8; 3], tolerance: u8, what: &str) {
    let close = found
        .0
        .iter()
        .zip(expected)
        .all(|(a, b)| a.abs_diff(b) <= tolerance);
    assert!(close, "{what}: {:?} instead of {expected:?}", found.0);
}

/// The four corners, a few pixels in: top left, top right, bottom left, bottom right.
fn assert_corners(image: &RgbImage, expected: [[u8; 3]; 4], what: &str) {
    let (right, bottom) = (image.width() - 8, image.height() - 8);
    let places = [(7, 7), (right, 7), (7, bottom), (right, bottom)];
    for ((x, y), colour) in places.into_iter().zip(expected) {
        assert_colour(
            image.get_pixel(x, y),
            colour,
            24,
            &format!("{what} at {x},{y}"),
        );
    }
}

#[test]
fn a_photo_comes_out_in_three_sizes_and_is_never_enlarged() {
    let large = render(&fixtures::jpeg(&fixtures::corners(2400, 1600), 85));
    assert_eq!((large.width_px, large.height_px), (2400, 1600));
    let sides = RenditionSize::ALL.map(|size| pixels(&large, size).dimensions());
    assert_eq!(sides, [(400, 267), (960, 640), (1920, 1280)]);

    let small = render(&fixtures::jpeg(&fixtures::corners(501, 333), 85));
    let sides = RenditionSize::ALL.map(|size| pixels(&small, size).dimensions());
    assert_eq!(sides, [(400, 266), (501, 333), (501, 333)]);
}

#[test]
fn every_exif_orientation_comes_out_upright_in_every_size() {
    let upright = fixtures::corners(480, 320);
    for orientation in 1..=8 {
        let stored = fixtures::stored_as(&upright, orientation);
        let file = fixtures::with_exif(
            &fixtures::jpeg(&stored, 90),
            &fixtures::exif(orientation, None),
        );
        let rendered = render(&file);
        assert_eq!(
            (rendered.width_px, rendered.height_px),
            (480, 320),
            "orientation {orientation}"
        );
        for size in RenditionSize::ALL {
            let image = pixels(&rendered, size);
            assert!(image.width() > image.height());
            assert_corners(
                &image,
                CORNERS,
                &format!("orientation {orientation}, {}", size.as_str()),
            );
        }
    }
}

#[test]
fn an_odd_sized_photo_of_every_chroma_layout_keeps_its_corners() {
    use turbojpeg::Subsamp;
    let layouts = [
        Subsamp::None,
        Subsamp::Sub2x1,
        Subsamp::Sub2x2,
        Subsamp::Gray,
        Subsamp::Sub1x2,
        Subsamp::Sub4x1,
    ];
    for layout in layouts {
        for (width, height) in [(201, 101), (64, 33), (4001, 299)] {
            let image = fixtures::corners(width, height);
            let rendered = render(&fixtures::jpeg_with(&image, 90, layout));
            assert_eq!((rendered.width_px, rendered.height_px), (width, height));
            if layout != Subsamp::Gray {
                let image = pixels(&rendered, RenditionSize::Px1920);
                assert_corners(&image, CORNERS, &format!("{layout:?} {width}×{height}"));
            }
        }
    }
}

#[test]
fn png_gif_webp_tiff_and_bmp_are_shown_with_transparency_on_white() {
    let image = fixtures::corners(300, 200);
    for format in [
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Tiff,
        ImageFormat::Bmp,
    ] {
        let rendered = render(&fixtures::encoded(&image.clone().into(), format));
        assert_eq!(
            (rendered.width_px, rendered.height_px),
            (300, 200),
            "{format:?}"
        );
        assert_corners(
            &pixels(&rendered, RenditionSize::Px960),
            CORNERS,
            &format!("{format:?}"),
        );
    }
    let clear = image::RgbaImage::from_pixel(64, 64, image::Rgba([0, 0, 0, 0]));
    let rendered = render(&fixtures::encoded(&clear.into(), ImageFormat::Png));
    assert_colour(
        pixels(&rendered, RenditionSize::Px400).get_pixel(9, 9),
        [255; 3],
        2,
        "clear",
    );
}

#[test]
fn a_heic_is_shown_in_its_own_colours() {
    let image = fixtures::corners(320, 200);
    let options = heifer::EncodeOptions {
        quality: 95,
        max_threads: 1,
    };
    let file = heifer::encode_rgb8(320, 200, image.as_raw(), &options).unwrap();
    let rendered = render(&file);
    assert_eq!((rendered.width_px, rendered.height_px), (320, 200));
    assert_corners(&pixels(&rendered, RenditionSize::Px960), CORNERS, "HEIC");
    try_render(&file[..file.len() / 2]).expect_err("half a HEIC");
}

#[test]
fn colours_of_another_profile_are_converted_to_srgb() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let image = RgbImage::from_pixel(64, 64, Rgb([200, 60, 60]));
    let file = fixtures::jpeg(&image, 95);
    let shown = |file: &[u8]| *pixels(&render(file), RenditionSize::Px960).get_pixel(30, 30);

    // Display P3 (200, 60, 60) is (219, 40, 54) in sRGB by the two colour matrices.
    let converted = shown(&fixtures::with_icc(&file, &p3));
    assert_colour(&converted, [219, 40, 54], 6, "Display P3");
    assert_colour(
        &shown(&fixtures::with_icc(&file, &srgb)),
        [200, 60, 60],
        4,
        "sRGB",
    );
    assert_colour(
        &shown(&fixtures::with_icc(&file, b"no profile")),
        [200, 60, 60],
        4,
        "junk",
    );
}

#[test]
fn nothing_but_pixels_leaves_with_a_rendition() {
    let exif = fixtures::exif(6, Some(("2026:07:18 14:02:11", "+02:00")));
    let file = fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(2000, 900), 85), &exif);
    for rendition in render(&file).renditions {
        for secret in [&b"Exif"[..], b"2026:07:18", b"Testmaker", b"ICC_PROFILE"] {
            let found = rendition
                .bytes
                .windows(secret.len())
                .any(|bytes| bytes == secret);
            assert!(
                !found,
                "{} in {}",
                secret.escape_ascii(),
                rendition.size.as_str()
            );
        }
    }
}

#[test]
fn capture_time_camera_and_place_are_read() {
    let exif = fixtures::exif(1, Some(("2026:07:18 14:02:11", "+02:00")));
    let file = fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(64, 48), 85), &exif);
    let facts = render(&file).facts;
    assert_eq!(facts.taken_local_ms, Some(1_784_383_331_000));
    assert_eq!(facts.taken_offset_s, Some(7200));
    assert_eq!(facts.camera.as_deref(), Some("Testmaker One"));
    let (latitude, longitude) = facts.latitude.zip(facts.longitude).expect("a place");
    assert!((latitude - 46.947_97).abs() < 1e-4, "{latitude}");
    assert!((longitude + 7.444_72).abs() < 1e-4, "{longitude}");
}

#[test]
fn a_garbled_date_is_no_date_and_costs_nothing_else() {
    let exif = fixtures::exif(3, Some(("0000:00:00 00:00:00", "??????")));
    let file = fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(64, 48), 85), &exif);
    let facts = render(&file).facts;
    assert_eq!((facts.taken_local_ms, facts.taken_offset_s), (None, None));
    assert_eq!(facts.camera.as_deref(), Some("Testmaker One"));
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let bomb = fixtures::png_declaring(60_000, 60_000);
    assert!(bomb.len() < 200);
    let failure = try_render(&bomb).unwrap_err();
    assert_eq!(failure.code, FailureCode::TooManyPixels);
    let flat = fixtures::png_declaring(70_000, 1);
    assert_eq!(
        try_render(&flat).unwrap_err().code,
        FailureCode::TooManyPixels
    );
    assert_eq!(
        try_render(&fixtures::png_declaring(0, 9)).unwrap_err().code,
        FailureCode::Damaged
    );
}

#[test]
fn a_cut_off_photo_fails_but_one_that_only_lacks_its_end_marker_is_shown() {
    let file = fixtures::jpeg(&fixtures::corners(1200, 800), 90);
    let half = &file[..file.len() / 2];
    assert_eq!(try_render(half).unwrap_err().code, FailureCode::Truncated);
    assert_eq!(render(&file[..file.len() - 2]).width_px, 1200);
    let junk = [&file[..20], b"junk before a marker", &file[20..]].concat();
    let junky = pixels(&render(&junk), RenditionSize::Px960);
    assert_corners(&junky, CORNERS, "junk in front");
    let trailed = [&file[..], b"a motion photo's video follows"].concat();
    assert_eq!(render(&trailed).width_px, 1200);
    let png = fixtures::encoded(&fixtures::corners(300, 200).into(), ImageFormat::Png);
    try_render(&png[..png.len() / 2]).expect_err("half a PNG");
}

#[test]
fn junk_behind_a_right_beginning_is_an_error_and_never_a_panic() {
    let starts: [&[u8]; 8] = [
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"GIF89a\x01\0\x01\0\0\0\0",
        b"RIFF\x10\0\0\0WEBPVP8X",
        b"II*\0\x08\0\0\0\x01\0",
        b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
    ];
    for start in starts {
        for fill in [0x00, 0x01, 0x7f, 0xff] {
            let file = [start, &[fill; 4000]].concat();
            try_render(&file).expect_err("junk");
        }
    }
}

#[test]
fn a_damaged_photo_never_makes_a_decoder_panic() {
    let image = fixtures::corners(96, 64);
    let exif = fixtures::exif(6, Some(("2026:07:18 14:02:11", "+02:00")));
    let mut files = vec![fixtures::with_exif(&fixtures::jpeg(&image, 80), &exif)];
    for format in [
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Tiff,
    ] {
        files.push(fixtures::encoded(&image.clone().into(), format));
    }
    for file in files {
        let step = (file.len() / 150).max(1);
        for at in (0..file.len()).step_by(step) {
            let mut damaged = file.clone();
            damaged[at] ^= 0xff;
            if sniff(&damaged).is_some() {
                let _ = try_render(&damaged);
            }
        }
    }
}

#[test]
fn a_video_is_no_photo() {
    let opened = Original::open(Kind::Mp4, Bytes::from_static(b"anything"));
    assert_eq!(
        opened.err().map(|failure| failure.code),
        Some(FailureCode::Unsupported)
    );
}
