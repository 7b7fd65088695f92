//! `/events/{pid}/export.zip`: everything as one ZIP, resumable.

use poem::http::{Method, header};
use poem::web::Data;
use poem::{Body, Request, Response, handler};

use crate::app::App;
use crate::events::Hosted;
use crate::export;
use crate::platform::error::Result;
use crate::platform::web::ranges;

/// The archive, or the range of it that was asked for.
#[handler]
pub async fn show(request: &Request, app: Data<&App>, Hosted(event): Hosted) -> Result<Response> {
    let archive = export::collect(app.db.read(), &event).await?;
    let (etag, total_bytes) = (archive.etag(), archive.total_bytes());
    let served = ranges::served(request.headers(), &etag, total_bytes);
    let response = served
        .response(&etag, total_bytes)
        .header(header::CONTENT_TYPE, "application/zip")
        .header(header::CACHE_CONTROL, "private, no-cache")
        .header(header::CONTENT_DISPOSITION, disposition(&event.name));
    let range = served.bytes(total_bytes);
    if request.method() == Method::HEAD || range.is_empty() {
        return Ok(response.finish());
    }
    Ok(response.body(Body::from_bytes_stream(export::bytes(
        app.storage.clone(),
        &archive,
        range,
    ))))
}

/// `attachment` under the event's name, in UTF-8 and for old browsers in ASCII. Source: RFC 6266, RFC 8187.
fn disposition(event: &str) -> String {
    let plain: String = event
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " -_&".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = event
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}.zip\"; filename*=UTF-8''{encoded}.zip")
}
