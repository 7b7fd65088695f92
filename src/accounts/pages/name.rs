//! `/account/name`

use http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::{account, mend};
use crate::accounts::extract::Here;
use crate::accounts::rename;
use crate::app::App;
use crate::platform::error::Result;
use crate::platform::web::{Form, Frame, Page, Redirect};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    first_name: String,
    last_name: String,
}

/// Saves the names.
#[handler]
pub async fn update(
    Data(app): Data<&App>,
    frame: Frame,
    Here(session): Here,
    Form(input): Form<Input>,
) -> Result<Response> {
    let names = (&*input.first_name, &*input.last_name);
    Ok(match mend(rename(app, &session, names.0, names.1).await)? {
        Ok(()) => Redirect::see_other(format!("{}?saved=name", account::PATH)).into_response(),
        Err(fields) => Page(account::page(frame, &session.user, names, &fields))
            .status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response(),
    })
}
