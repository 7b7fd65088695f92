//! HEAD: where the upload stands.

use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::{headers, sender::Sender, standing};
use crate::app::App;
use crate::platform::error::Result;
use crate::uploads;

/// 200 with `Upload-Offset` and `Upload-Length`. A request that still writes is asked to keep what it has first.
#[handler]
pub async fn show(
    request: &Request,
    app: Data<&App>,
    sender: Sender,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response> {
    headers::check_version(request)?;
    let upload = sender.upload(&app, &id).await?;
    let answer = uploads::settle(&app, &upload).await?;
    let mut response = standing(StatusCode::OK, &answer);
    response
        .headers_mut()
        .insert("upload-length", answer.upload.length_bytes.into());
    Ok(response)
}
