//! Colour profiles: everything leaves here as sRGB.

use epu_pixels::Plane;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// How far a colour may move, of 255, before a profile counts as something else than sRGB.
const SAME_COLOUR: u8 = 3;

/// The way from a picture's own colours to sRGB.
pub(crate) struct ToSrgb(std::sync::Arc<moxcms::Transform8BitExecutor>);

impl ToSrgb {
    /// The way from the colours of this ICC profile; none when the profile is sRGB in all but
    /// name, is not one of RGB, or cannot be read: then the numbers are taken as they are.
    pub(crate) fn from_icc(profile: &[u8]) -> Option<ToSrgb> {
        let source = ColorProfile::new_from_slice(profile).ok()?;
        (source.color_space == DataColorSpace::Rgb).then_some(())?;
        ToSrgb::new(&source)
    }

    /// The way from Display P3, as HEIC and AVIF name it without a profile.
    pub(crate) fn from_display_p3() -> Option<ToSrgb> {
        ToSrgb::new(&ColorProfile::new_display_p3())
    }

    fn new(source: &ColorProfile) -> Option<ToSrgb> {
        let to_srgb = source
            .create_transform_8bit(
                Layout::Rgb,
                &ColorProfile::new_srgb(),
                Layout::Rgb,
                TransformOptions::default(),
            )
            .ok()?;
        let to_srgb = ToSrgb(to_srgb);
        to_srgb.moves_colours().then_some(to_srgb)
    }

    /// Converts an RGB picture in place.
    pub(crate) fn convert(&self, rgb: &mut Plane) {
        let row = rgb.width * 3;
        let mut converted = vec![0; row];
        for line in rgb.samples.chunks_exact_mut(row) {
            if self.0.transform(line, &mut converted).is_ok() {
                line.copy_from_slice(&converted);
            }
        }
    }

    /// Tries a lattice of colours.
    fn moves_colours(&self) -> bool {
        const STEPS: [u8; 5] = [0, 64, 128, 192, 255];
        let mut lattice = Vec::with_capacity(STEPS.len().pow(3) * 3);
        for r in STEPS {
            for g in STEPS {
                lattice.extend(STEPS.iter().flat_map(|b| [r, g, *b]));
            }
        }
        let mut converted = vec![0; lattice.len()];
        self.0.transform(&lattice, &mut converted).is_ok()
            && lattice
                .iter()
                .zip(&converted)
                .any(|(a, b)| a.abs_diff(*b) > SAME_COLOUR)
    }
}
