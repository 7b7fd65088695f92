//! `/join`: the page where a code is typed.

use askama::Template;
use poem::http::StatusCode;
use poem::http::header::SET_COOKIE;
use poem::web::Data;
use poem::{IntoResponse as _, Request, Response, handler};
use serde::Deserialize;

use super::super::admission::Attempt;
use super::super::extract::{VISITOR, find_event};
use super::super::passes::COOKIE_AGE_S;
use crate::app::App;
use crate::events;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::web::{Client, Form, Frame, Page, Redirect, cookies};

#[derive(Template)]
#[template(path = "guests/pages/join.html")]
struct Join {
    frame: Frame,
    code: String,
    problem: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// The empty form.
#[handler]
pub fn new(request: &Request, app: Data<&App>, frame: Frame) -> Response {
    let mut response = Page(Join {
        frame,
        code: String::new(),
        problem: None,
    })
    .into_response();
    if cookies::read(request, VISITOR).is_none() {
        let cookie = cookies::set(
            &app.config.http,
            VISITOR,
            &app.rng.public_id(),
            COOKIE_AGE_S,
        );
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Leads to the event, or says that there is none with this code.
#[handler]
pub async fn create(
    request: &Request,
    app: Data<&App>,
    frame: Frame,
    form: Form<Typed>,
) -> Result<Response> {
    let typed = form.0.code.chars().take(32).collect::<String>();
    let address = Client::of(request).household();
    let attempt = Attempt {
        visitor: cookies::read(request, VISITOR),
        address: &address,
    };
    let problem = match find_event(&app, &typed, attempt).await {
        Ok(event) => return Ok(Redirect::see_other(events::paths::guest(&event)).into_response()),
        Err(Error::NotFound) => "join-code-unknown",
        Err(Error::Refused(Refusal::NotOpenYet)) => "guest-unpublished-text",
        Err(error) => return Err(error),
    };
    let problem = Some(frame.t.say(problem));
    Ok(Page(Join {
        frame,
        code: typed,
        problem,
    })
    .status(StatusCode::UNPROCESSABLE_ENTITY)
    .into_response())
}
