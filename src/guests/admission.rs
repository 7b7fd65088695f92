//! Letting a guest in: at once, or after the event's password.

use sea_orm::ActiveValue::{NotSet, Set};

use crate::app::App;
use crate::events::{self, Event};
use crate::platform::clock::{At, MINUTE_MS};
use crate::platform::config::Limits;
use crate::platform::db::{Db, Tx};
use crate::platform::error::{Error, Result};
use crate::platform::limits::{self, Limit};
use crate::platform::secrets::Rng;
use crate::tables::guests::ActiveModel;

use super::{Guest, store};

/// Who tries: a browser's visitor cookie, if it has one, and its address.
pub struct Attempt<'a> {
    /// A random value the browser keeps; none in scripts that keep no cookies.
    pub visitor: Option<&'a str>,
    /// The address, as text.
    pub address: &'a str,
}

/// Makes a pass.
pub async fn admit(tx: &Tx, event: &Event, now: At, rng: &Rng) -> Result<Guest> {
    let row = ActiveModel {
        id: NotSet,
        public_id: Set(rng.public_id()),
        event_id: Set(event.id),
        name: Set(String::new()),
        email: Set(String::new()),
        locale: Set(None),
        password_version: Set(event.password_version),
        submissions: Set(0),
        created_at: Set(now),
        seen_at: Set(now),
        revoked_at: Set(None),
    };
    store::insert(tx, row).await
}

/// Makes a pass at an event without a password. New passes from one address are limited, far above any wedding, so
/// that nobody fills the table.
///
/// Errors: `TooMany`.
pub async fn admit_at_once(app: &App, event: &Event, address: &str) -> Result<Guest> {
    let (now, limit) = (
        app.clock.now(),
        Limit {
            times: 600,
            window_ms: MINUTE_MS,
        },
    );
    limits::count(
        &app.db,
        &format!("passes:{}:{address}", event.id),
        limit,
        now,
    )
    .await?;
    app.db
        .write(async |tx| admit(tx, event, now, &app.rng).await)
        .await
}

/// Makes a pass for whoever knows the password.
///
/// Errors: `Invalid` (field `password`) when it is wrong; `TooMany` after `password_failures_per_minute` failures of
/// one browser at one event, or a high ceiling for an address, because a whole wedding may stand behind one.
pub async fn admit_by_password(
    app: &App,
    event: &Event,
    typed: &str,
    attempt: Attempt<'_>,
) -> Result<Guest> {
    let now = app.clock.now();
    let failures = Failures::of(&event.public_id, attempt, &app.config.limits);
    failures.check(&app.db, now).await?;
    if !events::is_password(&app.secrets, event, typed)? {
        failures.count(&app.db, now).await?;
        return Err(Error::field("password", "guest-password-wrong"));
    }
    app.db
        .write(async |tx| admit(tx, event, now, &app.rng).await)
        .await
}

/// The failures that are counted against one attempt at `what` (an event, or the page where codes are typed).
pub(super) struct Failures(Vec<(String, Limit)>);

impl Failures {
    pub(super) fn of(what: &str, attempt: Attempt<'_>, limits: &Limits) -> Failures {
        let limit = |times| Limit {
            times,
            window_ms: MINUTE_MS,
        };
        let mut counted = vec![(
            format!("guess:{what}:address:{}", attempt.address),
            limit(limits.password_failures_per_minute_per_address),
        )];
        if let Some(visitor) = attempt.visitor {
            counted.push((
                format!("guess:{what}:visitor:{visitor}"),
                limit(limits.password_failures_per_minute),
            ));
        }
        Failures(counted)
    }

    pub(super) async fn check(&self, db: &Db, now: At) -> Result<()> {
        for (key, limit) in &self.0 {
            limits::check(db, key, *limit, now).await?;
        }
        Ok(())
    }

    pub(super) async fn count(&self, db: &Db, now: At) -> Result<()> {
        for (key, limit) in &self.0 {
            limits::count(db, key, *limit, now).await?;
        }
        Ok(())
    }
}
