//! What a file is, by its first bytes and never by its name.
//!
//! The list is closed: a file that is none of these is not accepted, so that nothing a
//! browser could run (SVG, HTML) or that no gallery can show (camera raw, audio) gets in.

mod boxes;
mod sniffing;

pub use sniffing::{SNIFF_BYTES, sniff};

/// A kind of file that guests may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG, and the still of a Motion Photo.
    Jpeg,
    /// PNG; an animated one is shown still.
    Png,
    /// WebP, still or animated.
    Webp,
    /// GIF, still or animated.
    Gif,
    /// HEIC/HEIF: HEVC-coded stills, as iPhones make them.
    Heic,
    /// AVIF: AV1-coded stills.
    Avif,
    /// TIFF, but not the camera raws built on it.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// MPEG-4 video.
    Mp4,
    /// QuickTime video, as iPhones make it.
    Mov,
    /// Apple's MPEG-4 variant.
    M4v,
    /// WebM.
    Webm,
    /// Matroska.
    Mkv,
    /// Audio Video Interleave.
    Avi,
    /// 3GPP video of older phones.
    ThreeGp,
}

impl Kind {
    /// Every accepted kind.
    pub const ALL: [Kind; 15] = [
        Kind::Jpeg,
        Kind::Png,
        Kind::Webp,
        Kind::Gif,
        Kind::Heic,
        Kind::Avif,
        Kind::Tiff,
        Kind::Bmp,
        Kind::Mp4,
        Kind::Mov,
        Kind::M4v,
        Kind::Webm,
        Kind::Mkv,
        Kind::Avi,
        Kind::ThreeGp,
    ];

    /// The stable name, for database columns and messages; [`Kind::parse`] reads it back.
    pub fn as_str(self) -> &'static str {
        self.facts().0
    }

    /// The kind of that stable name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The usual file extension, without the dot.
    pub fn extension(self) -> &'static str {
        self.facts().1
    }

    /// The media type to serve an original under. Source: IANA media types, 2026-11
    /// (`x-` for the two that are not registered).
    pub fn content_type(self) -> &'static str {
        self.facts().2
    }

    /// Whether it is a video: it gets metadata, but no renditions.
    pub fn is_video(self) -> bool {
        self.content_type().starts_with("video/")
    }

    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::Jpeg => ("jpeg", "jpg", "image/jpeg"),
            Kind::Png => ("png", "png", "image/png"),
            Kind::Webp => ("webp", "webp", "image/webp"),
            Kind::Gif => ("gif", "gif", "image/gif"),
            Kind::Heic => ("heic", "heic", "image/heic"),
            Kind::Avif => ("avif", "avif", "image/avif"),
            Kind::Tiff => ("tiff", "tif", "image/tiff"),
            Kind::Bmp => ("bmp", "bmp", "image/bmp"),
            Kind::Mp4 => ("mp4", "mp4", "video/mp4"),
            Kind::Mov => ("mov", "mov", "video/quicktime"),
            Kind::M4v => ("m4v", "m4v", "video/x-m4v"),
            Kind::Webm => ("webm", "webm", "video/webm"),
            Kind::Mkv => ("mkv", "mkv", "video/matroska"),
            Kind::Avi => ("avi", "avi", "video/x-msvideo"),
            Kind::ThreeGp => ("3gp", "3gp", "video/3gpp"),
        }
    }
}

impl serde::Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Kind::parse(&name).ok_or_else(|| serde::de::Error::custom("unknown kind of file"))
    }
}

#[cfg(test)]
mod tests;
