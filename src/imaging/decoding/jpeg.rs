//! JPEG by libjpeg-turbo, scaled while decoding and, where colours allow, left in its planes.

use std::borrow::Cow;

use epu_pixels::{Picture, Plane};
use turbojpeg::{
    Colorspace, DecompressHeader, Decompressor, Error, Image, PixelFormat, ScalingFactor, YuvImage,
};

use super::{Decoded, segments};
use crate::imaging::colour::ToSrgb;
use crate::imaging::failure::{Failure, FailureCode};
use crate::imaging::limits::Header;
use crate::imaging::rendered::RenditionSize;

/// More scans than any camera or editor writes; each costs a pass over all pixels.
/// Source: libjpeg-turbo, "Two Issues with the JPEG Standard".
const MAX_SCANS: u32 = 200;

/// Reads the header.
pub(super) fn look(file: &[u8]) -> Result<Header, Failure> {
    let (_, header, file) = open(file)?;
    let copied = match file {
        Cow::Owned(copy) => copy.len() as u64,
        Cow::Borrowed(_) => 0,
    };
    let scale = scale_for(&header);
    // Progressive files keep 16-bit coefficients of all pixels until the last scan.
    let per_pixel = if header.is_progressive { 6 } else { 0 };
    let mut checked = Header::checked(header.width as u64, header.height as u64, per_pixel)?;
    let scaled = scale.scale(header.width) as u64 * scale.scale(header.height) as u64;
    checked.need_bytes += scaled * 7 + copied;
    Ok(checked)
}

/// Decodes to at least the largest rendition.
pub(super) fn decode(original: &[u8]) -> Result<Decoded, Failure> {
    let (mut decompressor, header, file) = open(original)?;
    decompressor
        .set_scaling_factor(scale_for(&header))
        .and_then(|()| decompressor.set_scan_limit(MAX_SCANS))
        .map_err(|error| failure(&error))?;
    let to_srgb = segments::icc_profile(original).and_then(|icc| ToSrgb::from_icc(&icc));
    let mut scaled = Scaled {
        decompressor,
        header,
        file,
    };
    let picture = match header.colorspace {
        Colorspace::CMYK | Colorspace::YCCK => Picture::Rgb(scaled.cmyk()?),
        Colorspace::YCbCr if to_srgb.is_none() && !header.is_lossless => {
            Picture::Ycc(scaled.planes()?)
        }
        _ => Picture::Rgb(scaled.rgb()?),
    };
    Ok(Decoded {
        picture,
        width_px: header.width as u32,
        height_px: header.height as u32,
        to_srgb,
        is_upright: false,
    })
}

/// Reads the header. The library takes junk in front of the pixels for an error where viewers
/// only shrug; such a file is copied without the junk.
fn open(file: &[u8]) -> Result<(Decompressor, DecompressHeader, Cow<'_, [u8]>), Failure> {
    let mut decompressor = Decompressor::new().map_err(|error| failure(&error))?;
    if let Ok(header) = decompressor.read_header(file) {
        return Ok((decompressor, header, Cow::Borrowed(file)));
    }
    let clean = segments::cleaned(file);
    let header = decompressor
        .read_header(&clean)
        .map_err(|error| failure(&error))?;
    Ok((decompressor, header, Cow::Owned(clean)))
}

/// The smallest scale of the fast ones that still covers the largest rendition.
fn scale_for(header: &DecompressHeader) -> ScalingFactor {
    let need = RenditionSize::Px1920.long_edge_px() as usize;
    let long_edge = header.width.max(header.height);
    let scales = [
        ScalingFactor::ONE_EIGHTH,
        ScalingFactor::ONE_QUARTER,
        ScalingFactor::ONE_HALF,
    ];
    scales
        .into_iter()
        .find(|scale| !header.is_lossless && scale.scale(long_edge) >= need)
        .unwrap_or(ScalingFactor::ONE)
}

/// A file with the decoder set up for it.
struct Scaled<'a> {
    decompressor: Decompressor,
    header: DecompressHeader,
    file: Cow<'a, [u8]>,
}

impl Scaled<'_> {
    /// Y, Cb and Cr as stored. Planes come padded to whole blocks of colour; luma is cut back.
    fn planes(&mut self) -> Result<[Plane; 3], Failure> {
        let size = self.header.scaled(self.decompressor.scaling_factor());
        let (step_x, step_y) = (size.subsamp.width(), size.subsamp.height());
        let (luma_w, luma_h) = (
            size.width.next_multiple_of(step_x),
            size.height.next_multiple_of(step_y),
        );
        let (chroma_w, chroma_h) = (luma_w / step_x, luma_h / step_y);
        let (luma, chroma) = (luma_w * luma_h, chroma_w * chroma_h);
        let mut pixels = vec![0; luma + 2 * chroma];
        self.tolerating(|decompressor, file| {
            decompressor.decompress_to_yuv(
                file,
                YuvImage {
                    pixels: &mut pixels[..],
                    width: size.width,
                    align: 1,
                    height: size.height,
                    subsamp: size.subsamp,
                },
            )
        })?;
        let cr = pixels.split_off(luma + chroma);
        let cb = pixels.split_off(luma);
        Ok([
            Plane::new(luma_w, luma_h, 1, pixels).cropped(size.width, size.height),
            Plane::new(chroma_w, chroma_h, 1, cb),
            Plane::new(chroma_w, chroma_h, 1, cr),
        ])
    }

    fn rgb(&mut self) -> Result<Plane, Failure> {
        let size = self.header.scaled(self.decompressor.scaling_factor());
        let samples = self.interleaved(PixelFormat::RGB)?;
        Ok(Plane::new(size.width, size.height, 3, samples))
    }

    /// CMYK by the plain formula; without a printing profile there is no better one.
    fn cmyk(&mut self) -> Result<Plane, Failure> {
        let size = self.header.scaled(self.decompressor.scaling_factor());
        let is_inverted = segments::has_adobe_marker(&self.file);
        let ink = |value: u8| u16::from(if is_inverted { value } else { 255 - value });
        let samples = self
            .interleaved(PixelFormat::CMYK)?
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[c, m, y, k]| [c, m, y].map(|v| (ink(*v) * ink(*k) / 255) as u8))
            .collect();
        Ok(Plane::new(size.width, size.height, 3, samples))
    }

    fn interleaved(&mut self, format: PixelFormat) -> Result<Vec<u8>, Failure> {
        let size = self.header.scaled(self.decompressor.scaling_factor());
        let pitch = size.width * format.size();
        let mut pixels = vec![0; pitch * size.height];
        self.tolerating(|decompressor, file| {
            decompressor.decompress(
                file,
                Image {
                    pixels: &mut pixels[..],
                    width: size.width,
                    pitch,
                    height: size.height,
                    format,
                },
            )
        })?;
        Ok(pixels)
    }

    /// Runs a decode and forgives what every viewer forgives: stray bytes between segments,
    /// and a missing end marker behind complete pixels.
    ///
    /// The library reports only its first warning, and "premature end" is said of both a missing
    /// marker and missing pixels. So the marker is supplied and the file decoded once more: if
    /// pixels are missing, that is then the first thing it says.
    fn tolerating(
        &mut self,
        mut run: impl FnMut(&mut Decompressor, &[u8]) -> turbojpeg::Result<()>,
    ) -> Result<(), Failure> {
        let Err(error) = run(&mut self.decompressor, &self.file) else {
            return Ok(());
        };
        let words = error.to_string();
        if words.contains("extraneous bytes") {
            return Ok(());
        }
        if !words.contains("Premature end of JPEG file") {
            return Err(failure(&error));
        }
        let mended = [&self.file[..], &[0xff, 0xd9]].concat();
        match run(&mut self.decompressor, &mended) {
            Err(error) if !error.to_string().contains("extraneous bytes") => Err(failure(&error)),
            _ => Ok(()),
        }
    }
}

fn failure(error: &Error) -> Failure {
    let words = error.to_string();
    match error {
        _ if words.to_ascii_lowercase().contains("premature end") => {
            Failure::new(FailureCode::Truncated, words)
        }
        Error::BadSubsamp(_) | Error::BadColorspace(_) => Failure::unsupported(words),
        _ => Failure::damaged(words),
    }
}
