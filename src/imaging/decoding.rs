//! Files to pixels: which decoder reads which kind.

mod heif;
mod jpeg;
mod segments;
mod stills;

use bytes::Bytes;
use epu_pixels::Picture;

use super::colour::ToSrgb;
use super::failure::Failure;
use super::formats::Kind;
use super::limits::Header;

/// A picture as a decoder gives it.
pub(crate) struct Decoded {
    /// The pixels; possibly scaled down already, but not below the largest rendition.
    pub picture: Picture,
    /// The true width in pixels, in the same orientation as `picture`.
    pub width_px: u32,
    /// The true height in pixels.
    pub height_px: u32,
    /// The way to sRGB, when the pixels are something else.
    pub to_srgb: Option<ToSrgb>,
    /// Whether the decoder has turned it already, so that Exif must not turn it again.
    pub is_upright: bool,
}

/// Reads the header of a photo and holds it against the limits.
pub(crate) fn look(kind: Kind, file: &Bytes) -> Result<Header, Failure> {
    match kind {
        Kind::Jpeg => jpeg::look(file),
        Kind::Heic => heif::look(file),
        Kind::Avif => Err(Failure::unsupported("AVIF is not decoded yet")),
        Kind::Png | Kind::Webp | Kind::Gif | Kind::Tiff | Kind::Bmp => stills::look(kind, file),
        video => Err(Failure::unsupported(format!(
            "{} is not a photo",
            video.as_str()
        ))),
    }
}

/// Decodes a photo whose `header` passed the limits.
pub(crate) fn decode(kind: Kind, file: &Bytes, header: &Header) -> Result<Decoded, Failure> {
    match kind {
        Kind::Jpeg => jpeg::decode(file),
        Kind::Heic => heif::decode(file),
        _ => stills::decode(kind, file, header),
    }
}
