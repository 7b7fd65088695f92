//! What comes out of a guest's file: facts for the database, and the renditions.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A size in which photos are kept ready, named by its long edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RenditionSize {
    /// 400 px, WebP: the grid.
    Px400,
    /// 960 px, JPEG: a phone's screen.
    Px960,
    /// 1920 px, JPEG: a screen and the wall.
    Px1920,
}

impl RenditionSize {
    /// Every size, smallest first.
    pub const ALL: [RenditionSize; 3] = [
        RenditionSize::Px400,
        RenditionSize::Px960,
        RenditionSize::Px1920,
    ];

    /// The stable name, as in URLs and storage keys: `400`, `960` or `1920`.
    pub fn as_str(self) -> &'static str {
        match self {
            RenditionSize::Px400 => "400",
            RenditionSize::Px960 => "960",
            RenditionSize::Px1920 => "1920",
        }
    }

    /// The size of that stable name.
    pub fn parse(name: &str) -> Option<RenditionSize> {
        RenditionSize::ALL
            .into_iter()
            .find(|size| size.as_str() == name)
    }

    /// The long edge in pixels; a smaller original is not enlarged to it.
    pub fn long_edge_px(self) -> u32 {
        match self {
            RenditionSize::Px400 => 400,
            RenditionSize::Px960 => 960,
            RenditionSize::Px1920 => 1920,
        }
    }

    /// The media type this size is kept in.
    pub fn content_type(self) -> &'static str {
        match self {
            RenditionSize::Px400 => "image/webp",
            RenditionSize::Px960 | RenditionSize::Px1920 => "image/jpeg",
        }
    }
}

/// One photo in one size.
#[derive(Clone, Debug)]
pub struct Rendition {
    /// Which size it is.
    pub size: RenditionSize,
    /// The file: upright, sRGB, without any metadata.
    pub bytes: Bytes,
}

/// What a file says about itself. Everything is optional: garbage counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// When it was taken by the camera's own clock, in ms since 1970 as if that clock showed UTC.
    pub taken_local_ms: Option<i64>,
    /// What that clock was ahead of UTC, in seconds, when the file says so.
    pub taken_offset_s: Option<i32>,
    /// Maker and model, as people say it: "Apple iPhone 15 Pro".
    pub camera: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Length of a video in ms.
    pub duration_ms: Option<i64>,
}

/// Everything the decoder child made of one file.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Width in pixels as people see it, upright. 0 when a video does not say.
    pub width_px: u32,
    /// Height in pixels as people see it, upright. 0 when a video does not say.
    pub height_px: u32,
    /// What the file says about itself.
    pub facts: Facts,
    /// Placeholder of some 30 bytes, base64 (thumbhash); photos only.
    pub thumbhash: Option<String>,
    /// The renditions, smallest first; none for a video.
    pub renditions: Vec<Rendition>,
}
