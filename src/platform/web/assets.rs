//! Styles, scripts, fonts and icons: embedded from `assets/built`, served from memory, already compressed.
//!
//! Names carry the content's hash, so browsers keep them for ever. Plain names work too
//! (`/assets/host.css`), with a question each time.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use http::{HeaderMap, StatusCode, header};
use poem::{Response, handler, web::Path};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::ranges;
use crate::platform::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "assets/built"]
struct Built;

/// Plain name → hashed name.
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Built::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// The address of an asset by its plain name: `/assets/host-F3WXLJJB.css`, or `/assets/NAME` when it was not built.
pub fn url(name: &str) -> String {
    let hashed = MANIFEST.get(name).map_or(name, String::as_str);
    format!("/assets/{hashed}")
}

/// `GET /assets/{file}`. Errors: `NotFound`.
#[handler]
pub fn show(Path(name): Path<String>, headers: &HeaderMap) -> Result<Response> {
    if name == "manifest.json" {
        return Err(Error::NotFound);
    }
    let (file, caching) = match MANIFEST.get(&name) {
        Some(hashed) => (hashed.as_str(), "no-cache"),
        None => (name.as_str(), "public, max-age=31536000, immutable"),
    };
    let kind = kind(file).ok_or(Error::NotFound)?;
    let (encoding, found) = encoded(file, headers).ok_or(Error::NotFound)?;
    let etag = etag(&found, encoding);
    let served = ranges::served(headers, &etag, found.data.len() as u64);
    let mut response = Response::builder()
        .header(header::ETAG, &etag)
        .header(header::CACHE_CONTROL, caching)
        .header(header::VARY, "accept-encoding");
    if served == ranges::Served::NotModified {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    if let Some(encoding) = encoding {
        response = response.header(header::CONTENT_ENCODING, encoding);
    }
    let response = response.content_type(kind);
    Ok(match found.data {
        Cow::Borrowed(bytes) => response.body(bytes),
        Cow::Owned(bytes) => response.body(bytes),
    })
}

/// The smallest form the client takes.
fn encoded(file: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, ending)| {
            Some((Some(encoding), Built::get(&format!("{file}.{ending}"))?))
        })
        .or_else(|| Some((None, Built::get(file)?)))
}

/// Whether an `Accept-Encoding` takes `encoding`. Source: RFC 9110, 12.5.3.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let is_named = words
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let is_refused = words
            .filter_map(|word| word.strip_prefix("q="))
            .any(|weight| weight.parse() == Ok(0.0));
        is_named && !is_refused
    })
}

fn etag(file: &EmbeddedFile, encoding: Option<&str>) -> String {
    let hash: String = file.metadata.sha256_hash()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{hash}{}\"", encoding.unwrap_or_default())
}

/// Content type by ending; what has none is not ours.
fn kind(file: &str) -> Option<&'static str> {
    Some(match file.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "ftl" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}
