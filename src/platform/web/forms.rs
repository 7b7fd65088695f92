//! Forms: `application/x-www-form-urlencoded`, small, with repeated keys for lists.

use bytes::BytesMut;
use futures::StreamExt as _;
use http::header;
use poem::{Body, FromRequest, Request, RequestBody};
use serde::de::DeserializeOwned;

use crate::platform::error::{Error, Fields, Refusal, Result};

/// The most a form may weigh, in bytes.
const LIMIT_BYTES: usize = 64 * 1024;

/// A form that fits `T`. `items=a&items=b` fits a `Vec`; give lists `#[serde(default)]`.
///
/// Errors: `BadRequest` (400) when it is no form, `TooLarge` beyond 64 KiB, `Invalid` (422) when fields are
/// missing or do not fit.
pub struct Form<T>(pub T);

impl<'a, T: DeserializeOwned> FromRequest<'a> for Form<T> {
    async fn from_request(req: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let kind = req.header(header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Error::from(Refusal::BadRequest).into());
        }
        let bytes = read(body.take()?).await?;
        let form = serde_html_form::from_bytes(&bytes).map_err(|error| {
            tracing::debug!(%error, "a form does not fit");
            Error::Invalid(Fields::default())
        })?;
        Ok(Form(form))
    }
}

async fn read(body: Body) -> Result<BytesMut> {
    let mut bytes = BytesMut::new();
    let mut chunks = std::pin::pin!(body.into_bytes_stream());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::BadRequest)?;
        if bytes.len() + chunk.len() > LIMIT_BYTES {
            return Err(Error::TooLarge {
                limit_bytes: LIMIT_BYTES as u64,
            });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
