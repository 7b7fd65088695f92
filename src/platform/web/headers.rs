//! Headers that keep browsers careful with what we send. A handler's own header wins.

use std::sync::Arc;

use http::header::{self, HeaderName, HeaderValue};
use poem::{Endpoint, IntoResponse as _, Request, Response};

use super::Web;

/// Nothing but our own files, no inline script or style, no frames around us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' blob: data:; \
     media-src 'self' blob:; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

static ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Two years, as hstspreload.org asks for at least one. Only with HTTPS.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000";

/// Adds them to every answer.
pub async fn add<E: Endpoint>(next: Arc<E>, req: Request) -> poem::Result<Response> {
    let is_secure = Web::of(&req)?.http.is_secure();
    let mut response = next.call(req).await?.into_response();
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if is_secure {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(STRICT_TRANSPORT_SECURITY));
    }
    Ok(response)
}
