//! Requests against a few pages that stand in for real ones.

mod answers;
mod assets;
mod guard;
mod ranges;
mod serving;
mod small;

use poem::{Endpoint, Request, RequestBuilder, Response, Route, get, handler, post};
use serde::Deserialize;

use super::*;
use crate::platform::error::{Refusal, Result};
use crate::platform::texts::Locale;

/// A web at `base_url`.
fn web(base_url: &str) -> Web {
    Web::new(Parts {
        http: Http {
            listen: "127.0.0.1:0".parse().unwrap(),
            base_url: base_url.to_owned(),
        },
        texts: Texts::embedded(),
        clock: Clock::system(),
        rng: Rng::seeded(1),
        stop: CancellationToken::new(),
    })
}

#[derive(askama::Template)]
#[template(
    source = r#"{% extends "platform/web/host.html" %}{% block title %}T{% endblock %}{% block main %}{{ text }}{{ frame.icon("plus") }}{% endblock %}"#,
    ext = "html"
)]
struct Shown {
    frame: Frame,
    text: String,
}

#[derive(askama::Template)]
#[template(
    source = r#"{% extends "platform/web/guest.html" %}{% block title %}T{% endblock %}{% block main %}sheet{% endblock %}"#,
    ext = "html"
)]
struct ShownToGuest {
    frame: Frame,
}

#[derive(Deserialize)]
struct Note {
    text: String,
    #[serde(default)]
    tags: Vec<String>,
}

#[handler]
async fn show(frame: Frame) -> Result<Page<Shown>> {
    let text = "a <b> & c".to_owned();
    Ok(Page(Shown { frame, text }))
}

#[handler]
async fn guest(frame: Frame) -> Page<ShownToGuest> {
    Page(ShownToGuest { frame })
}

#[handler]
async fn write(Form(note): Form<Note>) -> Result<String> {
    Ok(format!("{} {:?}", note.text, note.tags))
}

#[handler]
async fn fail(req: &Request) -> Result<()> {
    Err(match req.raw_path_param("how").unwrap_or_default() {
        "signed-out" => Error::SignedOut,
        "invalid" => Error::field("name", "field-needed"),
        "refused" => Refusal::EventClosed.into(),
        "tus" => Refusal::TusVersion.into(),
        "large" => Error::TooLarge {
            limit_bytes: 209_715_200,
        },
        "many" => Error::TooMany { retry_after_s: 40 },
        "away" => Error::Unavailable("password of the database: hunter2".into()),
        "panic" => panic!("hunter2"),
        _ => Error::internal("hunter2"),
    })
}

fn pages(web: Web) -> impl Endpoint<Output = Response> {
    let routes = Route::new()
        .at("/notes", get(show).post(write))
        .at("/guest", get(guest))
        .at("/fail/:how", get(fail).post(fail))
        .at("/healthz", get(health::live))
        .at("/ready", get(health::ready(vec![])))
        .at("/assets/:file", get(super::assets::show))
        .at("/only-post", post(show));
    around_all(routes, web)
}

/// A browser's request.
fn page(path: &str) -> RequestBuilder {
    Request::builder()
        .uri_str(path)
        .header("accept", "text/html,*/*;q=0.8")
}

async fn ask(request: RequestBuilder) -> Response {
    pages(web("http://localhost:8080"))
        .call(request.finish())
        .await
        .unwrap()
}

async fn text(response: Response) -> String {
    response.into_body().into_string().await.unwrap()
}

async fn json(response: Response) -> serde_json::Value {
    serde_json::from_str(&text(response).await).unwrap()
}
