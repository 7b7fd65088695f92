//! tus 1.0.0 at `/g/{code}/uploads`: one file per verb. Source: tus.io/protocols/resumable-upload.
//!
//! Core, creation (with the first bytes if wanted), checksum, expiration and termination.

pub mod append;
pub mod create;
pub mod destroy;
mod headers;
pub mod options;
mod sender;
pub mod show;

pub use headers::VERSION;

use bytes::Bytes;
use futures::Stream;
use poem::Response;
use poem::http::{HeaderValue, StatusCode};

use super::{Answer, Checksum, Upload};
use crate::app::App;
use crate::events::Event;
use crate::platform::error::{Error, Result};

/// Appends in a task of its own: when the connection is cut the server drops the request's future, and the bytes that
/// came are to be kept all the same.
async fn to_the_end(
    app: &App,
    event: Event,
    upload: Upload,
    offset_bytes: u64,
    checksum: Option<Checksum>,
    body: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
) -> Result<Answer> {
    let app = app.clone();
    let appending =
        async move { super::append(&app, &event, &upload, offset_bytes, checksum, body).await };
    tokio::spawn(appending).await.map_err(Error::internal)?
}

/// An answer that tells where the upload stands; what it became is told with the last byte.
fn standing(status: StatusCode, answer: &Answer) -> Response {
    let mut response = Response::builder()
        .status(status)
        .header("tus-resumable", VERSION)
        .header("cache-control", "no-store")
        .header("upload-offset", answer.upload.offset_bytes)
        .finish();
    let headers = response.headers_mut();
    match &answer.item {
        None => {
            headers.insert("upload-expires", http_date(answer.upload.expires_at));
        }
        Some(item) => {
            headers.insert(
                "epu-item",
                HeaderValue::from_str(item).expect("public ids are ASCII"),
            );
            if answer.upload.duplicate {
                headers.insert("epu-duplicate", HeaderValue::from_static("true"));
            }
        }
    }
    response
}

/// RFC 9110, section 5.6.7.
fn http_date(at: crate::platform::clock::At) -> HeaderValue {
    let text = at
        .timestamp()
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    HeaderValue::from_str(&text).expect("a date is ASCII")
}
