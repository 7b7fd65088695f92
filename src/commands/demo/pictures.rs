//! Pictures for the demo event, drawn here so that EPU carries no one else's photos: evening light over hills and
//! water. They are JPEGs as a phone makes them, with camera and capture time in EXIF.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};

use crate::platform::error::{Error, Result};

/// Drawn at this width and enlarged: the light is soft anyway.
const SKETCH_PX: u32 = 480;

/// One picture to draw.
pub(super) struct Scene {
    /// As a phone would name it.
    pub name: &'static str,
    /// `YYYY:MM:DD HH:MM:SS`, as EXIF has it.
    pub taken: &'static str,
    width_px: u32,
    height_px: u32,
    sky: [[f32; 3]; 2],
    hills: [f32; 3],
    sun: (f32, f32, f32),
    seed: f32,
}

macro_rules! scenes {
    ($($name:literal $taken:literal $w:literal x $h:literal $top:expr, $low:expr, $hills:expr, $sun:expr, $seed:literal;)*) => {
        &[$(Scene { name: $name, taken: $taken, width_px: $w, height_px: $h, sky: [$top, $low], hills: $hills, sun: $sun, seed: $seed }),*]
    };
}

/// The pictures of the demo event, in the order they were taken.
pub(super) const SCENES: &[Scene] = scenes! {
    "IMG_2031.jpg" "2026:07:18 11:42:05" 1600 x 1200 [64., 120., 160.], [240., 214., 180.], [48., 72., 58.], (0.72, 0.30, 0.10), 1.3;
    "IMG_2032.jpg" "2026:07:18 11:58:40" 1200 x 1600 [214., 120., 96.], [250., 220., 190.], [96., 52., 60.], (0.40, 0.36, 0.12), 2.1;
    "IMG_2038.jpg" "2026:07:18 13:20:11" 1600 x 1067 [88., 132., 150.], [236., 230., 214.], [64., 84., 70.], (0.55, 0.26, 0.08), 3.7;
    "IMG_2040.jpg" "2026:07:18 14:02:11" 1600 x 1200 [150., 90., 110.], [248., 204., 176.], [70., 44., 66.], (0.30, 0.42, 0.14), 4.2;
    "PXL_20260718_122144.jpg" "2026:07:18 14:21:44" 1200 x 1600 [60., 92., 110.], [206., 222., 214.], [34., 58., 62.], (0.62, 0.30, 0.09), 5.9;
    "IMG_2047.jpg" "2026:07:18 15:36:02" 1600 x 1200 [232., 168., 110.], [252., 232., 196.], [120., 76., 48.], (0.50, 0.34, 0.13), 6.4;
    "IMG_2051.jpg" "2026:07:18 16:10:57" 1920 x 1080 [96., 110., 160.], [236., 206., 210.], [58., 58., 92.], (0.80, 0.38, 0.11), 7.8;
    "20260718_171203.jpg" "2026:07:18 17:12:03" 1600 x 1200 [190., 96., 74.], [252., 198., 140.], [84., 40., 44.], (0.46, 0.48, 0.16), 8.1;
    "IMG_2066.jpg" "2026:07:18 18:47:29" 1200 x 1200 [54., 60., 96.], [232., 150., 110.], [30., 30., 52.], (0.52, 0.56, 0.15), 9.5;
    "IMG_2069.jpg" "2026:07:18 19:55:18" 1600 x 1067 [44., 40., 76.], [220., 118., 96.], [24., 22., 44.], (0.34, 0.60, 0.17), 10.2;
    "IMG_2080.jpg" "2026:07:18 21:08:44" 1200 x 1600 [26., 28., 58.], [150., 88., 110.], [16., 16., 34.], (0.60, 0.30, 0.05), 11.7;
    "IMG_2084.jpg" "2026:07:18 22:31:50" 1600 x 1200 [14., 16., 36.], [70., 60., 104.], [8., 10., 22.], (0.74, 0.22, 0.05), 12.4;
};

/// Draws the scene as a JPEG.
pub(super) fn jpeg(scene: &Scene) -> Result<Vec<u8>> {
    let (width, height) = (scene.width_px, scene.height_px);
    let sketch_height = SKETCH_PX * height / width;
    let sketch = Image::from_vec_u8(
        SKETCH_PX,
        sketch_height,
        draw(scene, sketch_height),
        PixelType::U8x3,
    )
    .map_err(Error::internal)?;
    let mut picture = Image::new(width, height, PixelType::U8x3);
    Resizer::new()
        .resize(&sketch, &mut picture, None)
        .map_err(Error::internal)?;

    let pixels = turbojpeg::Image {
        pixels: picture.buffer(),
        width: width as usize,
        pitch: width as usize * 3,
        height: height as usize,
        format: turbojpeg::PixelFormat::RGB,
    };
    let jpeg =
        turbojpeg::compress(pixels, 86, turbojpeg::Subsamp::Sub2x2).map_err(Error::internal)?;
    Ok(with_exif(&jpeg, scene.taken))
}

fn draw(scene: &Scene, height: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((SKETCH_PX * height * 3) as usize);
    let aspect = height as f32 / SKETCH_PX as f32;
    for y in 0..height {
        for x in 0..SKETCH_PX {
            let at = (x as f32 / SKETCH_PX as f32, y as f32 / height as f32);
            pixels.extend(colour(scene, at, aspect).map(|channel| channel.clamp(0.0, 255.0) as u8));
        }
    }
    pixels
}

/// The colour at `(x, y)`, both 0 to 1.
fn colour(scene: &Scene, (x, y): (f32, f32), aspect: f32) -> [f32; 3] {
    let [top, low] = scene.sky;
    let mut here = mix(top, low, (y * 1.5).min(1.0));
    let (sun_x, sun_y, radius) = scene.sun;
    let distance = ((x - sun_x).powi(2) + ((y - sun_y) * aspect).powi(2)).sqrt();
    let glow = (-distance * distance / (radius * radius * 3.0)).exp();
    here = mix(here, [255.0, 244.0, 224.0], glow * 0.8);
    for layer in 0..4 {
        let depth = layer as f32 / 3.0;
        let wave = (x * (3.0 + depth * 4.0) + scene.seed * (layer + 1) as f32).sin() * 0.06
            + (x * (9.0 + depth * 7.0) + scene.seed * 2.3).sin() * 0.02;
        if y > 0.55 + depth * 0.14 + wave {
            here = mix(mix(low, scene.hills, 0.45 + depth * 0.55), here, 0.08);
        }
    }
    here
}

fn mix(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    std::array::from_fn(|channel| a[channel] + (b[channel] - a[channel]) * share)
}

/// The JPEG with an EXIF block after its start marker: model, capture time, and its offset from UTC.
/// Source: CIPA DC-008 (EXIF 2.32), 4.5 and 4.6; little-endian TIFF.
fn with_exif(jpeg: &[u8], taken: &str) -> Vec<u8> {
    const ASCII: u16 = 2;
    const LONG: u16 = 4;
    let texts: [(u16, String); 3] = [
        (0x0110, "EPU Demo\0".into()),
        (0x9003, format!("{taken}\0")),
        (0x9011, "+02:00\0".into()),
    ];
    let text_at = 8 + (2 + 2 * 12 + 4) + (2 + 2 * 12 + 4);
    let mut places = Vec::new();
    let mut end = text_at;
    for (_, text) in &texts {
        places.push(end as u32);
        end += text.len() + text.len() % 2;
    }
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    };
    let text = |tiff: &mut Vec<u8>, index: usize| {
        entry(
            tiff,
            texts[index].0,
            ASCII,
            texts[index].1.len() as u32,
            places[index],
        );
    };
    tiff.extend(2u16.to_le_bytes());
    text(&mut tiff, 0);
    entry(&mut tiff, 0x8769, LONG, 1, 8 + 2 + 2 * 12 + 4);
    tiff.extend(0u32.to_le_bytes());
    tiff.extend(2u16.to_le_bytes());
    text(&mut tiff, 1);
    text(&mut tiff, 2);
    tiff.extend(0u32.to_le_bytes());
    for (_, text) in &texts {
        tiff.extend(text.as_bytes());
        tiff.resize(tiff.len() + text.len() % 2, 0);
    }
    let length = u16::try_from(2 + 6 + tiff.len()).expect("an EXIF block of a few hundred bytes");
    [
        &jpeg[..2],
        &[0xFF, 0xE1],
        &length.to_be_bytes(),
        b"Exif\0\0",
        &tiff,
        &jpeg[2..],
    ]
    .concat()
}
