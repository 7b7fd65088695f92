//! Lets only our own pages write, and answers only under our own names.

use std::sync::Arc;

use http::uri::Authority;
use http::{Method, header};
use poem::{Endpoint, Request};

use super::Web;
use crate::platform::config::Http;
use crate::platform::error::{Error, Refusal};

/// Asked by machines that know us by address only.
const UNDER_ANY_NAME: &[&str] = &["/healthz", "/readyz"];

/// Errors: `UnknownHost` (421) for a `Host` that is not ours, `CrossSite` (403) for a write from another site.
pub async fn check<E: Endpoint>(next: Arc<E>, req: Request) -> poem::Result<E::Output> {
    let web = Web::of(&req)?;
    let host = host(&req);
    if let Some(host) = host
        && !UNDER_ANY_NAME.contains(&req.uri().path())
        && !is_ours(&web.http, host)
    {
        return Err(Error::from(Refusal::UnknownHost).into());
    }
    let only_reads = matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !only_reads && !is_same_origin(&web.http, &req) {
        return Err(Error::from(Refusal::CrossSite).into());
    }
    next.call(req).await
}

/// `Host` (HTTP/1.1) or `:authority` (HTTP/2). Requests without one cannot come from a browser.
fn host(req: &Request) -> Option<&str> {
    req.uri()
        .authority()
        .map(Authority::as_str)
        .or_else(|| req.header(header::HOST))
}

/// The host of `http.base_url`, or any name of this machine if that is one.
fn is_ours(http: &Http, host: &str) -> bool {
    let (Ok(asked), Ok(ours)) = (
        host.parse::<Authority>(),
        http.authority().parse::<Authority>(),
    ) else {
        return false;
    };
    let default_port = if http.is_secure() { 443 } else { 80 };
    let port = |authority: &Authority| authority.port_u16().unwrap_or(default_port);
    let is_same_host = asked.host().eq_ignore_ascii_case(ours.host())
        || (is_loopback(asked.host()) && is_loopback(ours.host()));
    is_same_host && port(&asked) == port(&ours)
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// Browsers say where a write comes from, in `Sec-Fetch-Site` (only over HTTPS and on this machine)
/// or `Origin`. What says neither is no browser and carries no cookie that another site could misuse.
/// Source: W3C Fetch Metadata; Fetch standard, "Origin header".
fn is_same_origin(http: &Http, req: &Request) -> bool {
    let origin = req.header(header::ORIGIN);
    match (req.header("sec-fetch-site"), origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin
            .split_once("://")
            .is_some_and(|(scheme, host)| scheme == http.scheme() && is_ours(http, host)),
        (None, None) => true,
    }
}
