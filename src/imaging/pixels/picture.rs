//! A decoded picture on its way to the renditions.
//!
//! An ordinary photo stays in the planes its JPEG was made of: brightness at full size and two
//! of colour at half. It is never turned into RGB and back, which halves the work.

use fast_image_resize::Resizer;

use super::orientation::Orientation;
use super::planes::Plane;

/// Pixels in one of two forms.
pub enum Picture {
    /// JPEG's own Y, Cb, Cr: full range, BT.601; colour planes of any size.
    Ycc([Plane; 3]),
    /// Interleaved RGB.
    Rgb(Plane),
}

impl Picture {
    /// Width and height in pixels.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Picture::Ycc([y, ..]) => (y.width, y.height),
            Picture::Rgb(plane) => (plane.width, plane.height),
        }
    }

    /// The picture with a long edge of at most `long_edge_px`; colour planes come out halved.
    pub fn fitted(&self, long_edge_px: u32, resizer: &mut Resizer) -> Picture {
        let (width, height) = fit(self.size(), long_edge_px as usize);
        match self {
            Picture::Rgb(plane) => Picture::Rgb(plane.resized(width, height, resizer)),
            Picture::Ycc([y, cb, cr]) => {
                let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
                Picture::Ycc([
                    y.resized(width, height, resizer),
                    cb.resized(half_width, half_height, resizer),
                    cr.resized(half_width, half_height, resizer),
                ])
            }
        }
    }

    /// The picture turned upright.
    pub fn turned(self, orientation: Orientation) -> Picture {
        match self {
            Picture::Rgb(plane) => Picture::Rgb(plane.turned(orientation)),
            Picture::Ycc(planes) => Picture::Ycc(planes.map(|plane| plane.turned(orientation))),
        }
    }

    /// The picture as RGB.
    pub fn to_rgb(&self, resizer: &mut Resizer) -> Plane {
        let [y, cb, cr] = match self {
            Picture::Rgb(plane) => return plane.clone(),
            Picture::Ycc(planes) => planes,
        };
        let cb = cb.resized(y.width, y.height, resizer);
        let cr = cr.resized(y.width, y.height, resizer);
        let colours = cb.samples.iter().zip(&cr.samples);
        let samples = y
            .samples
            .iter()
            .zip(colours)
            .flat_map(|(y, (cb, cr))| ycc_to_rgb(*y, *cb, *cr));
        Plane::new(y.width, y.height, 3, samples.collect())
    }
}

/// One pixel of JPEG's colour space as RGB. Source: ITU-T T.871, section 7, in 1/65536.
fn ycc_to_rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    [
        y + 91_881 * cr,
        y - 22_554 * cb - 46_802 * cr,
        y + 116_130 * cb,
    ]
    .map(|value| ((value + 32_768) >> 16).clamp(0, 255) as u8)
}

/// `size` scaled down to a long edge of `long_edge`; never up, and no side becomes zero.
pub fn fit((width, height): (usize, usize), long_edge: usize) -> (usize, usize) {
    let longest = width.max(height);
    if longest <= long_edge {
        return (width, height);
    }
    let scaled = |side: usize| ((side * long_edge + longest / 2) / longest).max(1);
    (scaled(width), scaled(height))
}
