//! Transparent pixels made opaque.

/// RGBA as RGB on a white ground.
pub fn on_white(rgba: &[u8]) -> Vec<u8> {
    rgba.as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[r, g, b, alpha]| {
            let alpha = u16::from(*alpha);
            [r, g, b].map(|v| ((u16::from(*v) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
        })
        .collect()
}

/// RGBA that is opaque as RGB.
pub fn without_alpha(rgba: &[u8]) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for [r, g, b, _] in rgba.as_chunks::<4>().0 {
        rgb.extend([*r, *g, *b]);
    }
    rgb
}
