//! The headers of tus, read and written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poem::Request;
use poem::http::HeaderMap;

use crate::platform::error::{Error, Refusal, Result};
use crate::uploads::{Announcement, Checksum};

/// The protocol version EPU speaks.
pub const VERSION: &str = "1.0.0";
/// The content type of bytes.
const BYTES: &str = "application/offset+octet-stream";

/// Errors: `tus_version` when the client speaks another version.
pub(super) fn check_version(request: &Request) -> Result<()> {
    if request.header("tus-resumable") == Some(VERSION) {
        Ok(())
    } else {
        Err(Refusal::TusVersion.into())
    }
}

/// Errors: `tus_content_type` unless the body is declared as bytes of an upload.
pub(super) fn check_content_type(request: &Request) -> Result<()> {
    if is_bytes(request) {
        Ok(())
    } else {
        Err(Refusal::TusContentType.into())
    }
}

/// Whether the body is declared as bytes of an upload.
pub(super) fn is_bytes(request: &Request) -> bool {
    request.content_type() == Some(BYTES)
}

/// A header that must be a number of bytes. Errors: `tus_headers`.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Result<u64> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.trim().parse().ok())
        .ok_or(Error::Refused(Refusal::TusHeaders))
}

/// `Upload-Checksum`, if there is one.
pub(super) fn checksum(request: &Request) -> Result<Option<Checksum>> {
    request
        .header("upload-checksum")
        .map(Checksum::parse)
        .transpose()
}

/// What `Upload-Length` and `Upload-Metadata` say of the file. Keys understood: `filename` (or `name`) and
/// `modified`, in ms since 1970 UTC; others are ignored.
///
/// Errors: `tus_headers`.
pub(super) fn announcement(request: &Request) -> Result<Announcement> {
    let mut announcement = Announcement {
        length_bytes: number(request.headers(), "upload-length")?,
        ..Announcement::default()
    };
    let metadata = request.header("upload-metadata").unwrap_or_default();
    for pair in metadata
        .split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
    {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD
            .decode(value.trim())
            .map_err(|_| Error::Refused(Refusal::TusHeaders))?;
        let value = String::from_utf8_lossy(&value);
        match key {
            "filename" | "name" => announcement.file_name = value.into_owned(),
            "modified" => announcement.modified_ms = value.parse().ok(),
            _ => {}
        }
    }
    Ok(announcement)
}
