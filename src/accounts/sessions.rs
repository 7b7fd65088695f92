//! Sessions: who is signed in on which browser. The cookie holds a random secret, the table its hash.

use super::{User, store};
use crate::app::App;
use crate::platform::clock::{At, DAY_MS, HOUR_MS};
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::secrets::fingerprint;
use crate::tables::{SessionId, UserId};

/// Most characters of a device's name that are kept.
const DEVICE_MOST: usize = 80;

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its row.
    pub id: SessionId,
    /// Who is signed in.
    pub user: User,
    /// Whether it was just prolonged: then the cookie should be, too.
    pub is_prolonged: bool,
}

/// How long a session lasts without being used, in milliseconds.
pub fn life_ms(app: &App) -> i64 {
    i64::from(app.config.limits.session_days) * DAY_MS
}

/// Who holds `token`; nobody when the session ended, expired or its owner is suspended.
///
/// Using a session prolongs it, which is noted at most once an hour.
pub async fn present(app: &App, token: &str) -> Result<Option<Session>> {
    let now = app.clock.now();
    let found = store::session(app.db.read(), fingerprint(token), now).await?;
    let Some((row, user)) = found else {
        return Ok(None);
    };
    let is_prolonged = now.ms() - row.seen_at.ms() >= HOUR_MS;
    if is_prolonged {
        let expires_at = now.plus_ms(life_ms(app));
        app.db
            .write(async |tx| Ok(store::touch_session(tx, row.id, now, expires_at).await?))
            .await?;
    }
    Ok(Some(Session {
        id: row.id,
        user,
        is_prolonged,
    }))
}

/// Ends a session.
pub async fn sign_out(app: &App, session: SessionId) -> Result<()> {
    app.db
        .write(async |tx| Ok(store::end_session(tx, session).await?))
        .await
}

/// Ends every session of an account.
pub async fn sign_out_everywhere(app: &App, user: UserId) -> Result<()> {
    app.db
        .write(async |tx| Ok(store::end_sessions(tx, user).await?))
        .await
}

/// Begins a session and returns the cookie's secret: new at every sign-in.
pub async fn begin(tx: &Tx, app: &App, user: UserId, device: &str, now: At) -> Result<String> {
    let token = app.rng.token();
    let device: String = device.chars().take(DEVICE_MOST).collect();
    let expires_at = now.plus_ms(life_ms(app));
    store::add_session(tx, user, fingerprint(&token), &device, now, expires_at).await?;
    Ok(token)
}
