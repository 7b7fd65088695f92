//! DELETE: the sender gives the upload up.

use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};

use super::{VERSION, headers, sender::Sender};
use crate::app::App;
use crate::platform::error::Result;
use crate::tables::uploads::UploadState;
use crate::uploads;

/// 204. A file that was sent whole stays: it is taken back on the guest's own page.
#[handler]
pub async fn destroy(
    request: &Request,
    app: Data<&App>,
    sender: Sender,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response> {
    headers::check_version(request)?;
    let upload = sender.upload(&app, &id).await?;
    let _turn = app.turns.take(upload.id.0).await;
    uploads::end(&app, &sender.event, &upload, UploadState::Ended).await?;
    Ok(Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header("tus-resumable", VERSION)
        .finish())
}
