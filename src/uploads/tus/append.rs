//! PATCH: brings bytes.

use futures::TryStreamExt as _;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, Response, handler};

use super::{headers, sender::Sender, standing};
use crate::app::App;
use crate::platform::error::{Error, Result};

/// 204 with the new `Upload-Offset`; with the last byte also `Epu-Item`, and `Epu-Duplicate: true` when the event had
/// the same content already.
#[handler]
pub async fn append(
    request: &Request,
    app: Data<&App>,
    sender: Sender,
    Path((_, id)): Path<(String, String)>,
    body: Body,
) -> Result<Response> {
    headers::check_version(request)?;
    headers::check_content_type(request)?;
    let offset = headers::number(request.headers(), "upload-offset")?;
    let checksum = headers::checksum(request)?;
    let upload = sender.upload(&app, &id).await?;
    let length = upload.length_bytes.unsigned_abs();
    let announced = headers::number(request.headers(), "content-length").unwrap_or(0);
    if offset.saturating_add(announced) > length {
        return Err(Error::TooLarge {
            limit_bytes: length,
        });
    }
    let bytes = body.into_bytes_stream().map_err(std::io::Error::other);
    let answer = super::to_the_end(&app, sender.event, upload, offset, checksum, bytes).await?;
    Ok(standing(StatusCode::NO_CONTENT, &answer))
}
