//! From a guest's photo to its renditions, in one pass.
//!
//! One decode, scaled by the decoder itself where it can; each smaller size is made from the
//! next larger one; colours and orientation are mended once, on the 1920 px picture.

use bytes::Bytes;
use epu_pixels::{Orientation, Picture, Resizer};

use super::decoding::{self, Decoded};
use super::encoding;
use super::failure::Failure;
use super::formats::Kind;
use super::limits::Header;
use super::metadata;
use super::rendered::{Rendered, Rendition, RenditionSize};

/// A photo whose header was read and found acceptable. No pixel has been touched.
pub struct Original {
    kind: Kind,
    bytes: Bytes,
    header: Header,
}

impl Original {
    /// Reads the header of a photo.
    ///
    /// Fails as `too_many_pixels` before anything of that size is allocated, as `damaged`,
    /// `truncated` or `unsupported` when the header already tells.
    pub fn open(kind: Kind, bytes: Bytes) -> Result<Original, Failure> {
        let header = decoding::look(kind, &bytes)?;
        Ok(Original {
            kind,
            bytes,
            header,
        })
    }

    /// How much memory [`Original::render`] will take at its peak, in bytes, beside the file.
    pub fn need_bytes(&self) -> u64 {
        self.header.need_bytes
    }

    /// Makes the renditions and reads what the file says about itself.
    pub fn render(self) -> Result<Rendered, Failure> {
        let (facts, exif_orientation) = metadata::of_photo(self.kind, &self.bytes);
        let decoded = decoding::decode(self.kind, &self.bytes, &self.header)?;
        let orientation = if decoded.is_upright {
            Orientation::Upright
        } else {
            exif_orientation
        };
        let (mut width_px, mut height_px) = (decoded.width_px, decoded.height_px);
        if orientation.swaps_sides() {
            std::mem::swap(&mut width_px, &mut height_px);
        }
        let mut resizer = Resizer::new();
        let large = mended(decoded, &mut resizer).turned(orientation);
        let middle = large.fitted(RenditionSize::Px960.long_edge_px(), &mut resizer);
        let small = middle.fitted(RenditionSize::Px400.long_edge_px(), &mut resizer);
        let small = small.to_rgb(&mut resizer);
        Ok(Rendered {
            width_px,
            height_px,
            facts,
            thumbhash: Some(encoding::thumbhash(&small, &mut resizer)),
            renditions: vec![
                rendition(RenditionSize::Px400, encoding::webp(&small)?),
                rendition(RenditionSize::Px960, encoding::jpeg(&middle)?),
                rendition(RenditionSize::Px1920, encoding::jpeg(&large)?),
            ],
        })
    }
}

/// The largest rendition in sRGB, not yet turned.
fn mended(decoded: Decoded, resizer: &mut Resizer) -> Picture {
    let large = decoded
        .picture
        .fitted(RenditionSize::Px1920.long_edge_px(), resizer);
    drop(decoded.picture);
    match decoded.to_srgb {
        None => large,
        Some(to_srgb) => {
            let mut rgb = match large {
                Picture::Rgb(plane) => plane,
                ycc => ycc.to_rgb(resizer),
            };
            to_srgb.convert(&mut rgb);
            Picture::Rgb(rgb)
        }
    }
}

fn rendition(size: RenditionSize, bytes: Bytes) -> Rendition {
    Rendition { size, bytes }
}
