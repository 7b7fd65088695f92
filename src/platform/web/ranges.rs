//! Which part of a file a request wants, and whether the client has it already.
//!
//! Source: RFC 9110, 13 (conditions) and 14 (ranges). One range is served; several are answered with
//! the whole, as 14.2 allows.

use std::ops::Range;

use http::{HeaderMap, StatusCode, header};
use poem::{Response, ResponseBuilder};

/// What to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Served {
    /// All of it (200).
    Full,
    /// These bytes (206).
    Part(Range<u64>),
    /// Nothing: the client has it (304).
    NotModified,
    /// Nothing: the range lies outside (416).
    Unsatisfiable,
}

/// What to send of something `total_bytes` long with the strong tag `etag` (in quotes).
pub fn served(headers: &HeaderMap, etag: &str, total_bytes: u64) -> Served {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH).is_some_and(|tags| matches(tags, etag)) {
        return Served::NotModified;
    }
    let is_same = text(header::IF_RANGE).is_none_or(|tag| tag.trim() == etag);
    match text(header::RANGE).filter(|_| is_same) {
        Some(range) => parse(range, total_bytes),
        None => Served::Full,
    }
}

/// Weak comparison, as `If-None-Match` asks for.
fn matches(tags: &str, etag: &str) -> bool {
    tags.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn parse(header: &str, total: u64) -> Served {
    let Some(spec) = header.trim().strip_prefix("bytes=") else {
        return Served::Full;
    };
    let Some((first, last)) = spec.trim().split_once('-').filter(|_| !spec.contains(',')) else {
        return Served::Full;
    };
    let (first, last) = (first.trim(), last.trim());
    let range = match (number(first), number(last)) {
        (Some(first), None) if last.is_empty() => first..total,
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(total),
        (None, Some(suffix)) if first.is_empty() => total.saturating_sub(suffix)..total,
        _ => return Served::Full,
    };
    if range.is_empty() {
        Served::Unsatisfiable
    } else {
        Served::Part(range)
    }
}

/// Digits only; more than fit count as very many.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

impl Served {
    /// The bytes to send: empty when none.
    pub fn bytes(&self, total_bytes: u64) -> Range<u64> {
        match self {
            Served::Full => 0..total_bytes,
            Served::Part(range) => range.clone(),
            Served::NotModified | Served::Unsatisfiable => 0..0,
        }
    }

    /// An answer with status, `ETag`, `Accept-Ranges`, and `Content-Length` and `Content-Range` where due.
    pub fn response(&self, etag: &str, total_bytes: u64) -> ResponseBuilder {
        let response = Response::builder()
            .header(header::ETAG, etag)
            .header(header::ACCEPT_RANGES, "bytes");
        match self {
            Served::Full => response.header(header::CONTENT_LENGTH, total_bytes),
            Served::Part(range) => response
                .status(StatusCode::PARTIAL_CONTENT)
                .header(header::CONTENT_LENGTH, range.end - range.start)
                .header(
                    header::CONTENT_RANGE,
                    format!("bytes {}-{}/{total_bytes}", range.start, range.end - 1),
                ),
            Served::NotModified => response.status(StatusCode::NOT_MODIFIED),
            Served::Unsatisfiable => response
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .header(header::CONTENT_RANGE, format!("bytes */{total_bytes}")),
        }
    }
}
