//! `/events/{pid}/qr.svg` and `qr.png`.

use poem::web::Data;
use poem::{Response, handler};

use crate::app::App;
use crate::events::Hosted;
use crate::platform::error::Result;
use crate::sharing;

/// For print.
#[handler]
pub fn svg(app: Data<&App>, Hosted(event): Hosted) -> Result<Response> {
    let picture = sharing::svg(&sharing::guest_url(&app.config.http.base_url, &event))?;
    Ok(answer("image/svg+xml").body(picture))
}

/// For everything else.
#[handler]
pub fn png(app: Data<&App>, Hosted(event): Hosted) -> Result<Response> {
    let picture = sharing::png(&sharing::guest_url(&app.config.http.base_url, &event))?;
    Ok(answer("image/png").body(picture))
}

fn answer(content_type: &str) -> poem::ResponseBuilder {
    Response::builder()
        .content_type(content_type)
        .header("cache-control", "private, no-cache")
}
