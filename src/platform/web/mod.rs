//! Pages over HTTP: what every handler and every request share.
//!
//! [`around_all`] stands around the whole URL space; handlers take a [`Frame`], [`Form`] or
//! [`Client`] and answer with a [`Page`], a [`Redirect`] or our `Error`, which [`failure`] answers.

pub mod assets;
pub mod client;
pub mod connection;
pub mod cookies;
pub mod failure;
mod forms;
pub mod guard;
pub mod headers;
pub mod health;
mod pages;
mod problem;
pub mod ranges;
mod redirect;
pub mod server;
mod sse;
pub mod trace;

use std::ops::Deref;
use std::sync::Arc;

use poem::{Endpoint, EndpointExt as _, FromRequest, Request, RequestBody, Response};
use tokio_util::sync::CancellationToken;

pub use client::{Client, Device};
pub use forms::Form;
pub use pages::{Frame, Icon, Page, Person};
pub use redirect::{LocalPath, Redirect};
pub use sse::sse;
pub use trace::RequestId;

use super::clock::Clock;
use super::config::Http;
use super::error::Error;
use super::secrets::Rng;
use super::texts::Texts;

/// What answering any request needs. Cheap to clone; every request carries it.
#[derive(Clone)]
pub struct Web(Arc<Parts>);

/// The parts of a [`Web`].
pub struct Parts {
    /// The public address.
    pub http: Http,
    /// Words for people.
    pub texts: Texts,
    /// Time.
    pub clock: Clock,
    /// Chance, for request ids.
    pub rng: Rng,
    /// Ends streams that would never end by themselves.
    pub stop: CancellationToken,
}

impl Web {
    /// A web of these parts.
    pub fn new(parts: Parts) -> Web {
        Web(Arc::new(parts))
    }

    /// The one a request carries.
    ///
    /// Errors: `Internal` outside [`around_all`].
    pub fn of(req: &Request) -> Result<&Web, Error> {
        req.data::<Web>()
            .ok_or_else(|| Error::internal("the request did not pass web::around_all"))
    }
}

impl Deref for Web {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl<'a> FromRequest<'a> for &'a Web {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Web::of(req)?)
    }
}

/// Stands around all endpoints: request id, span and log line, security headers, answers to errors,
/// and the guard that lets only our own pages write.
pub fn around_all(endpoint: impl Endpoint + 'static, web: Web) -> impl Endpoint<Output = Response> {
    endpoint
        .around(guard::check)
        .around(failure::answer)
        .around(headers::add)
        .around(trace::request)
        .data(web)
}

#[cfg(test)]
mod tests;
