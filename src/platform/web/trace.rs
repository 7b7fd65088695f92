//! An id, a span and a log line for every request.
//!
//! Lines carry the route's pattern, never the path: paths hold codes and tokens.

use std::sync::Arc;
use std::time::Instant;

use http::HeaderValue;
use poem::{Endpoint, PathPattern, Request, Response};
use tracing::{Instrument as _, Span, field};

use super::Web;

/// The id of a request: in the log, in `X-Request-Id` and on error pages.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    /// The id of `req`; empty outside [`request`].
    pub fn of(req: &Request) -> String {
        req.data::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default()
    }
}

/// Path and query as they were asked for; nested routes see only the rest of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Target(pub String);

impl Target {
    pub(super) fn of(req: &Request) -> Target {
        req.data::<Target>().cloned().unwrap_or_default()
    }

    pub(super) fn path(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }
}

/// Gives the request its id and span, and logs its end.
pub async fn request<E: Endpoint>(next: Arc<E>, mut req: Request) -> poem::Result<Response> {
    let id = Web::of(&req)?.rng.public_id();
    let method = req.method().clone();
    let span = tracing::info_span!(
        "request",
        request.id = %id,
        http.request.method = %method,
        http.route = field::Empty,
        http.response.status_code = field::Empty,
        otel.kind = "server",
        otel.name = field::Empty,
        otel.status_code = field::Empty,
    );
    req.set_data(RequestId(id.clone()));
    let target = req.uri().path_and_query().map(ToString::to_string);
    req.set_data(Target(target.unwrap_or_default()));
    let started = now();
    let answer = next.call(req).instrument(span.clone()).await;
    let mut response = answer.map_or_else(
        poem::Error::into_response,
        poem::IntoResponse::into_response,
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    log(&span, method.as_str(), &response, started);
    Ok(response)
}

fn log(span: &Span, method: &str, response: &Response, started: Instant) {
    let route = response
        .data::<PathPattern>()
        .map(|pattern| &*pattern.0)
        .filter(|pattern| !pattern.is_empty())
        .unwrap_or("unknown");
    let status = response.status().as_u16();
    span.record("http.route", route);
    span.record("http.response.status_code", status);
    span.record("otel.name", format!("{method} {route}"));
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
    }
    let duration_ms = (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0;
    let _entered = span.enter();
    if route.starts_with("/assets/") || matches!(route, "/healthz" | "/readyz") {
        tracing::debug!(
            request.duration_ms = duration_ms,
            "{method} {route} {status}"
        );
    } else {
        tracing::info!(
            request.duration_ms = duration_ms,
            "{method} {route} {status}"
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "measures a duration for the log")]
fn now() -> Instant {
    Instant::now()
}
