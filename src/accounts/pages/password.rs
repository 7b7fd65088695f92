//! `/account/password`

use http::StatusCode;
use http::header::SET_COOKIE;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::{account, mend};
use crate::accounts::extract::{Here, keep};
use crate::accounts::{NewPassword, change_password};
use crate::app::App;
use crate::platform::error::Result;
use crate::platform::web::{Client, Device, Form, Frame, Page, Redirect};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    current: String,
    password: String,
}

/// Changes the password; this browser goes on under a new session, all others are signed out.
#[handler]
pub async fn update(
    Data(app): Data<&App>,
    frame: Frame,
    client: Client,
    Device(device): Device,
    Here(session): Here,
    Form(input): Form<Input>,
) -> Result<Response> {
    let wish = NewPassword {
        current: &input.current,
        password: &input.password,
        household: &client.household(),
        device: &device,
    };
    let user = &session.user;
    Ok(
        match mend(change_password(app, user, wish, &frame.t).await)? {
            Ok(token) => Redirect::see_other(format!("{}?saved=password", account::PATH))
                .with_header(SET_COOKIE, keep(app, &token))
                .into_response(),
            Err(fields) => {
                let names = (&*user.first_name, &*user.last_name);
                Page(account::page(frame, user, names, &fields))
                    .status(StatusCode::UNPROCESSABLE_ENTITY)
                    .into_response()
            }
        },
    )
}
