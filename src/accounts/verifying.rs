//! Confirming the mail address.

use super::{User, addressed, links, mails, store};
use crate::app::App;
use crate::platform::clock::{At, HOUR_MS};
use crate::platform::error::{Error, Result};
use crate::platform::texts::Text;
use crate::tables::UserId;
use crate::tables::mail_links::Purpose;
use crate::tables::users;

/// What a [`proof`] is sealed for.
const PURPOSE: &str = "ask for the link again";

/// Whose address a link confirms, without doing so: mail programs open links to look at them.
///
/// Errors: `NotFound`, `Refused(LinkExpired)`.
pub async fn to_verify(app: &App, token: &str) -> Result<User> {
    links::owner(app.db.read(), Purpose::Verify, token, app.clock.now()).await
}

/// Confirms the address the link was mailed to. Errors as [`to_verify`].
pub async fn verify(app: &App, token: &str) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            let user = links::redeem(tx, Purpose::Verify, token, now).await?;
            store::void_links(tx, user.id, &[Purpose::Verify], now).await?;
            if user.verified_at.is_none() {
                store::set_user(tx, user.id, users::Column::VerifiedAt, now).await?;
            }
            Ok(())
        })
        .await
}

/// What lets a person who just gave the right password, but is not confirmed, ask for the link again.
pub fn proof(app: &App, user: &User) -> String {
    use base64::Engine as _;
    let words = serde_json::json!([user.id, app.clock.now().plus_ms(HOUR_MS)]).to_string();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(app.secrets.seal(
        PURPOSE,
        words.as_bytes(),
        &app.rng,
    ))
}

/// Mails the link again to the holder of a [`proof`], and returns the address.
///
/// Errors: `NotFound` for a proof that is none or too old; `TooMany` by address.
pub async fn ask_again(app: &App, proof: &str, t: &Text, household: &str) -> Result<String> {
    let now = app.clock.now();
    let id = read_proof(app, proof, now).ok_or(Error::NotFound)?;
    addressed::count(app, household).await?;
    let user = store::user(app.db.read(), id).await?;
    let user = user.ok_or(Error::NotFound)?;
    if user.verified_at.is_none() && addressed::may_write_to(app, &user.email).await? {
        app.db
            .write(async |tx| mails::verify(tx, app, &user, t, now).await)
            .await?;
    }
    Ok(user.email)
}

fn read_proof(app: &App, proof: &str, now: At) -> Option<UserId> {
    use base64::Engine as _;
    let sealed = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(proof)
        .ok()?;
    let plain = app.secrets.open(PURPOSE, &sealed)?;
    let (user, until): (UserId, At) = serde_json::from_slice(&plain).ok()?;
    (now < until).then_some(user)
}
