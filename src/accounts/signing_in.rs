//! Signing in.

use super::{User, addressed, passwords, people, sessions, store};
use crate::app::App;
use crate::platform::clock::MINUTE_MS;
use crate::platform::error::Result;
use crate::platform::limits::{self, Limit};
use crate::tables::SessionId;

/// Somebody at the door.
pub struct Attempt<'a> {
    /// As typed.
    pub email: &'a str,
    /// As typed.
    pub password: &'a str,
    /// Where they come from, see `web::Client`.
    pub household: &'a str,
    /// The browser in short words.
    pub device: &'a str,
    /// The session this browser has: it ends, so that nobody is signed in twice on it.
    pub before: Option<SessionId>,
}

/// How it ended.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in: the cookie's secret.
    Welcome(String),
    /// Address or password is not right; which one is not said.
    Wrong,
    /// All right, but the address is not confirmed yet.
    Unverified(User),
    /// All right, but the account is suspended.
    Suspended,
}

/// Signs in.
///
/// Only who knows the password learns of the account's state. Errors: `TooMany` after
/// `limits.sign_in_failures` failures in 15 minutes from one address at one account, even with the right password.
pub async fn sign_in(app: &App, attempt: Attempt<'_>) -> Result<Outcome> {
    let now = app.clock.now();
    let typed = attempt.email.trim().to_lowercase();
    let key = failures_key(attempt.household, &typed);
    // Counted before the comparison, so that a hundred tries at once are no way around the limit.
    limits::count(&app.db, &key, limit(app), now).await?;

    let email = people::email(attempt.email).unwrap_or_default();
    let user = store::user_by_email(app.db.read(), &email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.as_str());
    if !passwords::is_right(attempt.password, hash).await? {
        return Ok(Outcome::Wrong);
    }
    limits::clear(&app.db, &key).await?;
    let Some(compared) = user else {
        return Ok(Outcome::Wrong);
    };

    app.db
        .write(async |tx| {
            let Some(user) = store::user(tx, compared.id).await? else {
                return Ok(Outcome::Wrong);
            };
            if user.password_hash != compared.password_hash {
                return Ok(Outcome::Wrong);
            }
            if user.suspended_at.is_some() {
                return Ok(Outcome::Suspended);
            }
            if user.verified_at.is_none() {
                return Ok(Outcome::Unverified(user));
            }
            if let Some(before) = attempt.before {
                store::end_session(tx, before).await?;
            }
            let token = sessions::begin(tx, app, user.id, attempt.device, now).await?;
            Ok(Outcome::Welcome(token))
        })
        .await
}

/// Failures allowed.
pub fn limit(app: &App) -> Limit {
    Limit {
        times: app.config.limits.sign_in_failures,
        window_ms: 15 * MINUTE_MS,
    }
}

/// Under which failures at the account of `email` from a household are counted.
pub fn failures_key(household: &str, email: &str) -> String {
    format!("sign-in {household} {}", addressed::key_of(email))
}
