//! OPTIONS: what this server can do.

use poem::http::StatusCode;
use poem::web::Data;
use poem::{Response, handler};

use super::VERSION;
use crate::app::App;
use crate::uploads::checksum::ALGORITHMS;

/// Tells versions, extensions, checksums and the largest file.
#[handler]
pub fn options(app: Data<&App>) -> Response {
    Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header("tus-resumable", VERSION)
        .header("tus-version", VERSION)
        .header(
            "tus-extension",
            "creation,creation-with-upload,checksum,expiration,termination",
        )
        .header("tus-checksum-algorithm", ALGORITHMS)
        .header("tus-max-size", app.config.limits.file_bytes)
        .finish()
}
