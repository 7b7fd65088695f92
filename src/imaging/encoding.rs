//! Pixels to files: JPEG for screens, WebP for the grid, thumbhash for the moment before.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use epu_pixels::{Picture, Plane, Resizer, fit};
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp, YuvPlanesImage};

use super::failure::Failure;

/// Quality of the JPEG renditions, of 100.
const JPEG_QUALITY: i32 = 80;
/// Quality of the WebP rendition, of 100.
const WEBP_QUALITY: f32 = 75.0;
/// The long edge from which a thumbhash is computed; the format takes no more than 100.
const PLACEHOLDER_PX: u32 = 100;

/// The picture as a baseline JPEG with halved colour and nothing but pixels in it.
pub(crate) fn jpeg(picture: &Picture) -> Result<Bytes, Failure> {
    let failed = |error| Failure::unsupported(format!("JPEG encoder: {error}"));
    let mut compressor = Compressor::new().map_err(failed)?;
    compressor.set_quality(JPEG_QUALITY).map_err(failed)?;
    let file = match picture {
        Picture::Rgb(plane) => {
            compressor.set_subsamp(Subsamp::Sub2x2).map_err(failed)?;
            compressor.compress_to_owned(Image {
                pixels: &plane.samples,
                width: plane.width,
                pitch: plane.width * 3,
                height: plane.height,
                format: PixelFormat::RGB,
            })
        }
        Picture::Ycc([y, cb, cr]) => {
            let padded = y.padded_to_even();
            compressor.compress_yuv_planes_to_owned(&YuvPlanesImage {
                y_plane: &padded.samples,
                u_plane: &cb.samples,
                v_plane: &cr.samples,
                width: y.width,
                height: y.height,
                y_stride: padded.width,
                u_stride: cb.width,
                v_stride: cr.width,
                subsamp: Subsamp::Sub2x2,
            })
        }
    };
    Ok(Bytes::copy_from_slice(&file.map_err(failed)?))
}

/// The RGB picture as a lossy WebP with nothing but pixels in it.
pub(crate) fn webp(rgb: &Plane) -> Result<Bytes, Failure> {
    webp::Encoder::from_rgb(&rgb.samples, rgb.width as u32, rgb.height as u32)
        .encode_simple(false, WEBP_QUALITY)
        .map(|file| Bytes::copy_from_slice(&file))
        .map_err(|error| Failure::unsupported(format!("WebP encoder: {error:?}")))
}

/// A placeholder of some 30 bytes, base64. Source: evanw.github.io/thumbhash.
pub(crate) fn thumbhash(rgb: &Plane, resizer: &mut Resizer) -> String {
    let (width, height) = fit((rgb.width, rgb.height), PLACEHOLDER_PX as usize);
    let small = rgb.resized(width, height, resizer);
    let rgba: Vec<u8> = small
        .samples
        .as_chunks::<3>()
        .0
        .iter()
        .flat_map(|[r, g, b]| [*r, *g, *b, 255])
        .collect();
    STANDARD.encode(thumbhash::rgba_to_thumb_hash(width, height, &rgba))
}
