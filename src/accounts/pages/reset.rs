//! `/reset/{token}`

use askama::Template;
use http::StatusCode;
use http::header::SET_COOKIE;
use poem::web::{Data, Path};
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::field::Field;
use super::session::After;
use super::verification::Expired;
use super::{mend, summary};
use crate::accounts::extract::forget;
use crate::accounts::{reset, to_reset};
use crate::app::App;
use crate::platform::error::{Error, Fields, Refusal, Result};
use crate::platform::web::{Form, Frame, Page};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    password: String,
}

#[derive(Template)]
#[template(path = "accounts/pages/reset.html")]
struct Edit {
    frame: Frame,
    summary: String,
    token: String,
    words: String,
    password: Field,
}

/// The form.
#[handler]
pub async fn edit(
    Data(app): Data<&App>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response> {
    match to_reset(app, &token).await {
        Ok(user) => Ok(Page(form(frame, token, user.email, &Fields::default())).into_response()),
        Err(error) => expired(frame, error),
    }
}

/// Saves the password; then it can be used to sign in.
#[handler]
pub async fn update(
    Data(app): Data<&App>,
    frame: Frame,
    Path(token): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response> {
    let done = match reset(app, &token, &input.password, &frame.t).await {
        Err(error @ Error::Refused(_)) => return expired(frame, error),
        done => mend(done)?,
    };
    Ok(match done {
        Ok(()) => After::PasswordSaved
            .redirect()
            .with_header(SET_COOKIE, forget(app))
            .into_response(),
        Err(fields) => {
            let user = to_reset(app, &token).await?;
            Page(form(frame, token, user.email, &fields))
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response()
        }
    })
}

fn form(frame: Frame, token: String, email: String, fields: &Fields) -> Edit {
    let t = &frame.t;
    Edit {
        summary: summary(fields, t),
        token,
        words: t.with("reset-words", [("email", email.into())]),
        password: Field::password(t, "password", "reset-password", "new-password")
            .hint(t.say("password-hint"))
            .mend(fields, t),
        frame,
    }
}

fn expired(frame: Frame, error: Error) -> Result<Response> {
    let Error::Refused(Refusal::LinkExpired) = error else {
        return Err(error);
    };
    let page = Expired {
        frame,
        words: "link-expired-reset",
        press: "link-expired-again",
        leads_to: "/forgot",
    };
    Ok(Page(page).status(StatusCode::GONE).into_response())
}
