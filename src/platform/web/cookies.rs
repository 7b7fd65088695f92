//! Our cookies: HttpOnly, SameSite=Lax, for all of EPU; with HTTPS also Secure and named `__Host-…`,
//! so that no other site and no sibling domain can set them. Source: RFC 6265bis, 4.1.3.2.

use http::{HeaderValue, header};
use poem::Request;

use super::Web;
use crate::platform::config::Http;

/// The `Set-Cookie` value that keeps `value` for `max_age_s` seconds. `value` must be a token of
/// letters, digits and `-._~`; answer with `.with_header(SET_COOKIE, …)`.
pub fn set(http: &Http, name: &str, value: &str, max_age_s: i64) -> HeaderValue {
    let secure = if http.is_secure() { "; Secure" } else { "" };
    let name = full_name(http, name);
    let cookie =
        format!("{name}={value}; Max-Age={max_age_s}; Path=/; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).expect("cookies hold only letters, digits and -._~")
}

/// The `Set-Cookie` value that makes the browser forget a cookie.
pub fn clear(http: &Http, name: &str) -> HeaderValue {
    set(http, name, "", 0)
}

/// The value a browser sent.
pub fn read<'a>(req: &'a Request, name: &str) -> Option<&'a str> {
    let name = full_name(&Web::of(req).ok()?.http, name);
    req.headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn full_name(http: &Http, name: &str) -> String {
    if http.is_secure() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}
