//! `/sign-up`

use askama::Template;
use http::StatusCode;
use http::header::SET_COOKIE;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::field::Field;
use super::{HOME, mend, sent, summary};
use crate::accounts::people::NAME_MOST;
use crate::accounts::{MaybeHost, SignUp, sign_up};
use crate::app::App;
use crate::platform::error::{Fields, Result};
use crate::platform::web::{Client, Form, Frame, Page, Redirect};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    first_name: String,
    last_name: String,
    email: String,
    password: String,
}

#[derive(Template)]
#[template(path = "accounts/pages/sign_up.html")]
struct New {
    frame: Frame,
    summary: String,
    first_name: Field,
    last_name: Field,
    email: Field,
    password: Field,
}

/// The form; people who are signed in are led on.
#[handler]
pub async fn new(frame: Frame, MaybeHost(user): MaybeHost) -> Result<Response> {
    Ok(match user {
        Some(_) => Redirect::see_other(HOME).into_response(),
        None => Page(form(frame, &Input::default(), &Fields::default())).into_response(),
    })
}

/// Signs up; the answer does not tell whether the address has an account already.
#[handler]
pub async fn create(
    Data(app): Data<&App>,
    frame: Frame,
    client: Client,
    Form(input): Form<Input>,
) -> Result<Response> {
    let wish = SignUp {
        first_name: &input.first_name,
        last_name: &input.last_name,
        email: &input.email,
        password: &input.password,
    };
    Ok(
        match mend(sign_up(app, wish, &frame.t, &client.household()).await)? {
            Ok(email) => Redirect::see_other(sent::PATH)
                .with_header(SET_COOKIE, sent::remember(app, &email))
                .into_response(),
            Err(fields) => Page(form(frame, &input, &fields))
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response(),
        },
    )
}

fn form(frame: Frame, input: &Input, fields: &Fields) -> New {
    let t = &frame.t;
    New {
        summary: summary(fields, t),
        first_name: Field::text(t, "first_name", "first-name", "given-name")
            .most(NAME_MOST)
            .value(&input.first_name)
            .mend(fields, t),
        last_name: Field::text(t, "last_name", "last-name", "family-name")
            .most(NAME_MOST)
            .value(&input.last_name)
            .mend(fields, t),
        email: Field::email(t, "email").value(&input.email).mend(fields, t),
        password: Field::password(t, "password", "password", "new-password")
            .hint(t.say("password-hint"))
            .mend(fields, t),
        frame,
    }
}
