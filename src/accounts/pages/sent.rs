//! `/sign-up/sent`: look in your mail.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::SET_COOKIE;
use poem::web::Data;
use poem::{IntoResponse, Request, handler};
use serde::Deserialize;

use crate::accounts::ask_again;
use crate::app::App;
use crate::platform::error::Result;
use crate::platform::web::{Client, Form, Frame, Page, Redirect, cookies};

/// This page.
pub(super) const PATH: &str = "/sign-up/sent";

/// The cookie with the address, so that it stands neither in the URL nor in logs.
const COOKIE: &str = "sent-to";
const COOKIE_AGE_S: i64 = 600;

#[derive(Template)]
#[template(path = "accounts/pages/sent.html")]
struct Show {
    frame: Frame,
    words: String,
}

/// Says where the mail went.
#[handler]
pub async fn show(frame: Frame, req: &Request) -> Result<Page<Show>> {
    let words = match recall(req) {
        Some(email) => frame.t.with("sent-to", [("email", email.into())]),
        None => frame.t.say("sent"),
    };
    Ok(Page(Show { frame, words }))
}

/// What the sign-in page gave to somebody who is not confirmed yet.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    proof: String,
}

/// Mails the link again.
#[handler]
pub async fn create(
    Data(app): Data<&App>,
    frame: Frame,
    client: Client,
    Form(input): Form<Input>,
) -> Result<impl IntoResponse> {
    let email = ask_again(app, &input.proof, &frame.t, &client.household()).await?;
    Ok(Redirect::see_other(PATH).with_header(SET_COOKIE, remember(app, &email)))
}

/// The `Set-Cookie` value that lets the next page name the address.
pub(super) fn remember(app: &App, email: &str) -> HeaderValue {
    let value = URL_SAFE_NO_PAD.encode(email);
    cookies::set(&app.config.http, COOKIE, &value, COOKIE_AGE_S)
}

/// The address a form was sent with a moment ago.
pub(super) fn recall(req: &Request) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cookies::read(req, COOKIE)?).ok()?;
    String::from_utf8(bytes).ok()
}
