//! QR codes as SVG and PNG: black on white, error correction M, a quiet zone of four modules (ISO/IEC 18004).

use image::{GrayImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode};

use crate::platform::error::{Error, Result};

/// Modules left white around the code.
const QUIET_ZONE: u32 = 4;
/// Pixels of a module in the PNG: large enough to print on a card.
const MODULE_PX: u32 = 16;

/// The QR code of `text` as an SVG of `width` modules, without a script or style.
pub fn svg(text: &str) -> Result<String> {
    let (side, dark) = modules(text)?;
    let whole = side + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (x, y) in dark {
        path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE));
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" shape-rendering="crispEdges"><rect width="{whole}" height="{whole}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    ))
}

/// The same as PNG, [`MODULE_PX`] pixels a module.
pub fn png(text: &str) -> Result<Vec<u8>> {
    let (side, dark) = modules(text)?;
    let whole_px = (side + 2 * QUIET_ZONE) * MODULE_PX;
    let mut picture = GrayImage::from_pixel(whole_px, whole_px, Luma([255]));
    for (x, y) in dark {
        for (dx, dy) in (0..MODULE_PX).flat_map(|dy| (0..MODULE_PX).map(move |dx| (dx, dy))) {
            let at = |module: u32, offset: u32| (module + QUIET_ZONE) * MODULE_PX + offset;
            picture.put_pixel(at(x, dx), at(y, dy), Luma([0]));
        }
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(Error::internal)?;
    Ok(bytes.into_inner())
}

/// Modules a side, and the dark ones as `(x, y)`.
fn modules(text: &str) -> Result<(u32, Vec<(u32, u32)>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let side = u32::try_from(code.width()).map_err(Error::internal)?;
    let dark = code
        .to_colors()
        .into_iter()
        .zip(0..)
        .filter(|(color, _)| *color == qrcode::Color::Dark)
        .map(|(_, place): (_, u32)| (place % side, place / side))
        .collect();
    Ok((side, dark))
}
