//! The pass cookie: the guest's public id, signed for one event and password version.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ConnectionTrait;

use crate::events::Event;
use crate::platform::error::Result;
use crate::platform::secrets::Secrets;

use super::{Guest, store};

/// What the signature is for.
const PURPOSE: &str = "guest pass";
/// How long a browser keeps the cookie, in seconds: 400 days, the most browsers allow (RFC 6265bis).
pub(super) const COOKIE_AGE_S: i64 = 400 * 24 * 3600;

/// The cookie's name for an event.
pub(super) fn cookie_name(event: &Event) -> String {
    format!("pass-{}", event.public_id)
}

/// The cookie's value: `ID.SIGNATURE`.
pub fn seal_pass(secrets: &Secrets, event: &Event, guest: &Guest) -> String {
    let mac = secrets.sign(
        PURPOSE,
        &signed(event, &guest.public_id, guest.password_version),
    );
    format!("{}.{}", guest.public_id, URL_SAFE_NO_PAD.encode(mac))
}

/// The guest whose pass this cookie value is, if it still opens the event.
pub async fn pass_of(
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
