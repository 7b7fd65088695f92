//! POST: announces an upload, and may bring its first bytes.

use futures::TryStreamExt as _;
use poem::http::StatusCode;
use poem::http::header::LOCATION;
use poem::web::Data;
use poem::{Body, Request, Response, handler};

use super::{headers, sender::Sender, standing};
use crate::app::App;
use crate::platform::error::Result;
use crate::uploads::{self, Answer};

/// 201 with `Location`. A guest without a pass gets one.
#[handler]
pub async fn create(
    request: &Request,
    app: Data<&App>,
    sender: Sender,
    body: Body,
) -> Result<Response> {
    headers::check_version(request)?;
    let announcement = headers::announcement(request)?;
    let guest = sender.guest_or_new(&app).await?;
    let upload = uploads::announce(&app, &sender.event, guest.id, &announcement).await?;
    let location = format!("/g/{}/uploads/{}", sender.event.code, upload.public_id);

    let mut answer = Answer { upload, item: None };
    if headers::is_bytes(request) {
        let checksum = headers::checksum(request)?;
        let bytes = body.into_bytes_stream().map_err(std::io::Error::other);
        let event = sender.event.clone();
        answer = super::to_the_end(&app, event, answer.upload, 0, checksum, bytes).await?;
    }
    let mut response = standing(StatusCode::CREATED, &answer);
    response
        .headers_mut()
        .insert(LOCATION, location.parse().expect("a path of ASCII"));
    sender.remember(&app, &guest, &mut response);
    Ok(response)
}
