//! Links in mails: a secret that works once and for a day. Only its hash is kept.

use super::{User, store};
use crate::platform::clock::{At, DAY_MS};
use crate::platform::db::Tx;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::secrets::{Rng, fingerprint};
use crate::tables::UserId;
use crate::tables::mail_links::Purpose;

/// How long a link works.
const LIFE_MS: i64 = DAY_MS;

/// Makes a link for `user` and returns its secret.
pub async fn issue(tx: &Tx, user: UserId, purpose: Purpose, rng: &Rng, now: At) -> Result<String> {
    let token = rng.token();
    store::add_link(
        tx,
        user,
        purpose,
        fingerprint(&token),
        now,
        now.plus_ms(LIFE_MS),
    )
    .await?;
    Ok(token)
}

/// Whose link this is, if it still works.
///
/// Errors: `NotFound` when it never existed, `Refused(LinkExpired)` when it was used or is too old.
pub async fn owner(
    db: &impl sea_orm::ConnectionTrait,
    purpose: Purpose,
    token: &str,
    now: At,
) -> Result<User> {
    let link = store::link(db, purpose, fingerprint(token))
        .await?
        .ok_or(Error::NotFound)?;
    if link.used_at.is_some() || link.expires_at <= now {
        return Err(Refusal::LinkExpired.into());
    }
    store::user(db, link.user_id).await?.ok_or(Error::NotFound)
}

/// Uses the link up and returns whose it is. Errors as [`owner`].
pub async fn redeem(tx: &Tx, purpose: Purpose, token: &str, now: At) -> Result<User> {
    let user = owner(tx, purpose, token, now).await?;
    let link = store::link(tx, purpose, fingerprint(token))
        .await?
        .ok_or(Error::NotFound)?;
    if !store::use_link(tx, link.id, now).await? {
        return Err(Refusal::LinkExpired.into());
    }
    Ok(user)
}
