//! `/forgot`

use askama::Template;
use http::StatusCode;
use http::header::SET_COOKIE;
use poem::web::{Data, Query};
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::field::Field;
use super::{mend, sent, summary};
use crate::accounts::ask_reset;
use crate::app::App;
use crate::platform::error::{Fields, Result};
use crate::platform::web::{Client, Form, Frame, Page, Redirect};

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    email: String,
}

/// What the address of the page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    sent: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/pages/forgotten.html")]
struct New {
    frame: Frame,
    summary: String,
    sent: String,
    email: Field,
}

/// The form, or that the mail is on its way.
#[handler]
pub async fn new(frame: Frame, wish: Option<Query<Wish>>, req: &Request) -> Result<Page<New>> {
    let is_sent = wish.is_some_and(|Query(wish)| wish.sent.is_some());
    let sent = match sent::recall(req) {
        _ if !is_sent => String::new(),
        Some(email) => frame.t.with("forgot-sent-to", [("email", email.into())]),
        None => frame.t.say("forgot-sent"),
    };
    Ok(Page(form(frame, sent, "", &Fields::default())))
}

/// Mails the link; the answer does not tell whether the address has an account.
#[handler]
pub async fn create(
    Data(app): Data<&App>,
    frame: Frame,
    client: Client,
    Form(input): Form<Input>,
) -> Result<Response> {
    let asked = ask_reset(app, &input.email, &frame.t, &client.household()).await;
    Ok(match mend(asked)? {
        Ok(email) => Redirect::see_other("/forgot?sent=yes")
            .with_header(SET_COOKIE, sent::remember(app, &email))
            .into_response(),
        Err(fields) => Page(form(frame, String::new(), &input.email, &fields))
            .status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response(),
    })
}

fn form(frame: Frame, sent: String, email: &str, fields: &Fields) -> New {
    New {
        summary: summary(fields, &frame.t),
        sent,
        email: Field::email(&frame.t, "username")
            .value(email)
            .mend(fields, &frame.t),
        frame,
    }
}
