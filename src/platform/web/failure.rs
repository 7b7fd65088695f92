//! The one place that answers errors: a page for people, problem+json for scripts; logged once.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use askama::Template;
use futures::FutureExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse as _, PathPattern, Request, Response};

use super::problem::{self, Words};
use super::trace::Target;
use super::{Frame, LocalPath, Page, Redirect};
use crate::platform::error::{Error, Refusal};

/// Seconds after which to try again while the database or bucket is away.
const UNAVAILABLE_RETRY_S: u64 = 10;

/// Answers every error of `next`. Stand it inside what knows the person (their name and language are
/// on the page then) and once more around everything.
pub async fn answer<E: Endpoint>(next: Arc<E>, req: Request) -> poem::Result<Response> {
    let asker = Asker::of(&req)?;
    let failed = match AssertUnwindSafe(next.call(req)).catch_unwind().await {
        Ok(Ok(response)) => return Ok(response.into_response()),
        // An extractor that leads elsewhere: the door of an event, for a guest without a pass.
        Ok(Err(error)) if error.is_from_response() => return Ok(error.into_response()),
        Ok(Err(error)) => error,
        Err(_) => Error::internal("a handler panicked; the panic stands above in the log").into(),
    };
    let pattern = failed.data::<PathPattern>().cloned();
    let mut response = asker.answer(&meaning(failed));
    if let Some(pattern) = pattern {
        response.set_data(pattern);
    }
    Ok(response)
}

/// What an error of poem or of ours means.
fn meaning(error: poem::Error) -> Error {
    let status = error.status();
    match error.downcast::<Error>() {
        Ok(ours) => ours,
        Err(theirs) if theirs.is::<poem::error::ParsePathError>() => Error::NotFound,
        Err(_) if status == StatusCode::NOT_FOUND => Error::NotFound,
        Err(_) if status == StatusCode::METHOD_NOT_ALLOWED => Refusal::WrongMethod.into(),
        Err(theirs) if status.is_client_error() => {
            tracing::debug!(error = %theirs, "a request that cannot be read");
            Refusal::BadRequest.into()
        }
        Err(theirs) => Error::internal(theirs.to_string()),
    }
}

/// Who asked, remembered while the endpoint has the request.
struct Asker {
    frame: Frame,
    method: Method,
    wants_page: bool,
    is_tus: bool,
    /// Path and query, for coming back after the sign-in.
    target: String,
}

impl Asker {
    fn of(req: &Request) -> Result<Asker, Error> {
        let is_tus = req.headers().contains_key("tus-resumable");
        Ok(Asker {
            frame: Frame::of(req)?,
            method: req.method().clone(),
            wants_page: !is_tus && accepts_html(req.headers()),
            is_tus,
            target: Target::of(req).0,
        })
    }

    fn answer(self, error: &Error) -> Response {
        log(error);
        if self.wants_page && matches!(error, Error::SignedOut) {
            return self.to_sign_in();
        }
        let words = Words::of(error, &self.frame.t);
        let is_tus = self.is_tus;
        let mut response = if self.wants_page {
            let page = Failure {
                words,
                frame: self.frame,
            };
            Page(page).into_response()
        } else {
            problem::response(error, &words, &self.frame)
        };
        response.set_status(error.status());
        for (name, value) in extra_headers(error, is_tus) {
            response.headers_mut().insert(name, value);
        }
        response
    }

    fn to_sign_in(&self) -> Response {
        let here = LocalPath::parse(&self.target).filter(|_| self.method.is_safe());
        Redirect::see_other(match here {
            Some(path) => format!("/sign-in?{}", next(path.as_str())),
            None => "/sign-in".to_owned(),
        })
        .into_response()
    }
}

fn next(path: &str) -> String {
    serde_html_form::to_string([("next", path)]).expect("a pair of words can be written as a query")
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

fn log(error: &Error) {
    if error.status().is_server_error() {
        tracing::error!(error.code = error.code(), %error, "could not answer");
    } else {
        tracing::debug!(error.code = error.code(), %error, "refused");
    }
}

fn extra_headers(error: &Error, is_tus: bool) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = vec![(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    match error {
        Error::TooMany { retry_after_s } => {
            headers.push((header::RETRY_AFTER, (*retry_after_s).into()));
        }
        Error::Unavailable(_) => headers.push((header::RETRY_AFTER, UNAVAILABLE_RETRY_S.into())),
        _ => {}
    }
    if is_tus {
        let version = HeaderValue::from_static("1.0.0");
        headers.push((HeaderName::from_static("tus-resumable"), version.clone()));
        if matches!(error, Error::Refused(Refusal::TusVersion)) {
            headers.push((HeaderName::from_static("tus-version"), version));
        }
    }
    headers
}

/// The page that says what went wrong.
#[derive(Template)]
#[template(path = "platform/web/failure.html")]
struct Failure {
    frame: Frame,
    words: Words,
}

/// For endpoints outside [`answer`]: the bare status.
impl poem::error::ResponseError for Error {
    fn status(&self) -> StatusCode {
        Error::status(self)
    }
}
