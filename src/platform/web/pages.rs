//! HTML pages: the frame around each, and how a template becomes an answer.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use http::header;
use poem::{FromRequest, IntoResponse, Request, RequestBody, Response};

use super::trace::Target;
use super::{RequestId, Web, assets};
use crate::platform::clock::At;
use crate::platform::error::Error;
use crate::platform::texts::{Locale, Text};

/// The person signed in, as the frame shows them. The session puts it into the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// Whether they see the admin's pages.
    pub is_admin: bool,
}

/// What every template knows: words, person, time, addresses of assets. Templates have it as `frame`.
#[derive(Clone)]
pub struct Frame {
    /// Words in this person's language.
    pub t: Text,
    /// The request's id, shown with errors.
    pub request_id: String,
    /// Who is signed in.
    pub person: Option<Person>,
    /// When the request came.
    pub now: At,
    /// The path of this page.
    pub path: String,
}

impl Frame {
    /// The frame of a request. Its language is the [`Locale`] in its data, or what the browser asks for.
    pub fn of(req: &Request) -> Result<Frame, Error> {
        let web = Web::of(req)?;
        let t = match req.data::<Locale>() {
            Some(locale) => web.texts.text(locale),
            None => web
                .texts
                .negotiate(req.header(header::ACCEPT_LANGUAGE.as_str())),
        };
        Ok(Frame {
            t,
            request_id: RequestId::of(req),
            person: req.data::<Person>().cloned(),
            now: web.clock.now(),
            path: Target::of(req).path().to_owned(),
        })
    }

    /// The address of an asset, e.g. `host.css` → `/assets/host-F3WXLJJB.css`.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// An icon, for the eye only: `{{ frame.icon("plus") }}`.
    pub fn icon(&self, name: &str) -> Icon {
        Icon(name.to_owned())
    }

    /// `page` beside links that lead to this page or its parent, for `aria-current`.
    pub fn is_under(&self, path: &str) -> bool {
        self.path
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Address of the texts for custom elements, when the page is not English (which is built in).
    pub fn browser_texts(&self) -> Option<String> {
        let locale = self.t.locale();
        (*locale != Locale::default()).then(|| assets::url(&format!("browser.{locale}.ftl")))
    }
}

impl<'a> FromRequest<'a> for Frame {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Frame::of(req)?)
    }
}

/// `<svg>` with an icon of the sprite.
pub struct Icon(String);

impl HtmlSafe for Icon {}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names are written in our templates and code, never by people.
        write!(
            f,
            r##"<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>"##,
            assets::url("icons.svg"),
            self.0
        )
    }
}

/// Answers with a template, status 200 unless [`status`](IntoResponse::with_status) says otherwise.
///
/// Pages belong to one person and must be asked for anew: `Cache-Control: private, no-cache`.
pub struct Page<T>(pub T);

impl<T> Page<T> {
    /// The same page with another status, e.g. 422 for a form shown again.
    pub fn status(self, status: http::StatusCode) -> PageWithStatus<T> {
        PageWithStatus(self, status)
    }
}

impl<T: Template + Send> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Response::builder()
                .content_type("text/html; charset=utf-8")
                .header(header::CACHE_CONTROL, "private, no-cache")
                .body(html),
            Err(error) => poem::Error::from(Error::internal(error)).into_response(),
        }
    }
}

/// A page with its status.
pub struct PageWithStatus<T>(Page<T>, http::StatusCode);

impl<T: Template + Send> IntoResponse for PageWithStatus<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        if response.status().is_success() {
            response.set_status(self.1);
        }
        response
    }
}
