//! How much mail strangers can have us send: per address they come from, and per mailbox they aim at.

use crate::app::App;
use crate::platform::clock::HOUR_MS;
use crate::platform::error::{Error, Result};
use crate::platform::limits::{self, Limit};
use crate::platform::secrets::fingerprint;

/// Mails an hour to one mailbox, whoever asks for them.
const PER_MAILBOX: Limit = Limit {
    times: 10,
    window_ms: HOUR_MS,
};

/// Counts one wish for mail from a household, see `web::Client`.
///
/// Errors: `TooMany` beyond `limits.mails_per_hour_per_address`.
pub async fn count(app: &App, household: &str) -> Result<()> {
    let limit = Limit {
        times: app.config.limits.mails_per_hour_per_address,
        window_ms: HOUR_MS,
    };
    limits::count(
        &app.db,
        &format!("mails {household}"),
        limit,
        app.clock.now(),
    )
    .await
}

/// Counts one mail to a mailbox; whether it may still be sent. Whoever asked is not told.
pub async fn may_write_to(app: &App, email: &str) -> Result<bool> {
    let key = format!("mailbox {}", key_of(email));
    match limits::count(&app.db, &key, PER_MAILBOX, app.clock.now()).await {
        Ok(()) => Ok(true),
        Err(Error::TooMany { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Stands for a mail address where the address itself should not be kept.
pub fn key_of(email: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&fingerprint(email)[..16])
}
