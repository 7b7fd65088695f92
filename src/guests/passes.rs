//! The pass cookie: the guest's public id, signed for one event and password version.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::http::header::SET_COOKIE;
use poem::{Request, Response};
use sea_orm::ConnectionTrait;

use crate::app::App;
use crate::events::Event;
use crate::platform::error::Result;
use crate::platform::secrets::Secrets;
use crate::platform::web::cookies;

use super::{Guest, store};

/// What the signature is for.
const PURPOSE: &str = "guest pass";
/// How long a browser keeps the cookie, in seconds: 400 days, the most browsers allow (RFC 6265bis).
pub(super) const COOKIE_AGE_S: i64 = 400 * 24 * 3600;

/// The cookie's name for an event.
fn cookie_name(event: &Event) -> String {
    format!("pass-{}", event.public_id)
}

/// Puts the pass into the guest's browser.
pub fn give_pass(app: &App, event: &Event, guest: &Guest, response: &mut Response) {
    let pass = seal_pass(&app.secrets, event, guest);
    let cookie = cookies::set(&app.config.http, &cookie_name(event), &pass, COOKIE_AGE_S);
    response.headers_mut().append(SET_COOKIE, cookie);
}

/// The pass a request carries for `event`, if it still opens it.
pub async fn pass_in(app: &App, event: &Event, request: &Request) -> Result<Option<Guest>> {
    match cookies::read(request, &cookie_name(event)) {
        Some(cookie) => pass_of(app.db.read(), &app.secrets, event, cookie).await,
        None => Ok(None),
    }
}

/// The cookie's value: `ID.SIGNATURE`.
pub(super) fn seal_pass(secrets: &Secrets, event: &Event, guest: &Guest) -> String {
    let mac = secrets.sign(
        PURPOSE,
        &signed(event, &guest.public_id, guest.password_version),
    );
    format!("{}.{}", guest.public_id, URL_SAFE_NO_PAD.encode(mac))
}

/// The guest whose pass this cookie value is, if it still opens the event.
pub(super) async fn pass_of(
    db: &impl ConnectionTrait,
    secrets: &Secrets,
    event: &Event,
    cookie: &str,
) -> Result<Option<Guest>> {
    let Some((public_id, mac)) = cookie.split_once('.') else {
        return Ok(None);
    };
    let Ok(mac) = URL_SAFE_NO_PAD.decode(mac) else {
        return Ok(None);
    };
    if !secrets.verify(
        PURPOSE,
        &signed(event, public_id, event.password_version),
        &mac,
    ) {
        return Ok(None);
    }
    let guest = store::by_public_id(db, event.id, public_id).await?;
    Ok(guest.filter(|guest| guest.revoked_at.is_none()))
}

fn signed(event: &Event, guest: &str, password_version: i64) -> Vec<u8> {
    format!("{} {guest} {password_version}", event.public_id).into_bytes()
}
