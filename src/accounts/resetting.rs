//! A forgotten password.

use super::{User, addressed, links, mails, passwords, people, store};
use crate::app::App;
use crate::platform::error::{Error, Result};
use crate::platform::texts::Text;
use crate::tables::mail_links::Purpose;
use crate::tables::users;

/// Mails a link by which a new password can be chosen, if the address has an account; returns the address.
///
/// The answer is the same if it has none. Errors: `Invalid(email)`, and `TooMany` by address.
pub async fn ask_reset(app: &App, email: &str, t: &Text, household: &str) -> Result<String> {
    let email = people::email(email).map_err(|problem| Error::field("email", problem))?;
    addressed::count(app, household).await?;
    if !addressed::may_write_to(app, &email).await? {
        return Ok(email);
    }
    let now = app.clock.now();
    let user = store::user_by_email(app.db.read(), &email).await?;
    if let Some(user) = user.filter(|user| user.suspended_at.is_none()) {
        app.db
            .write(async |tx| {
                let token = links::issue(tx, user.id, Purpose::Reset, &app.rng, now).await?;
                mails::reset(tx, app, &user, &token, t, now).await
            })
            .await?;
    }
    Ok(email)
}

/// Whose password a link lets choose. Errors: `NotFound`, `Refused(LinkExpired)`.
pub async fn to_reset(app: &App, token: &str) -> Result<User> {
    links::owner(app.db.read(), Purpose::Reset, token, app.clock.now()).await
}

/// Sets the password by a link, ends every session and tells the owner by mail.
///
/// The link came by mail, so the address is confirmed as well. Errors: as [`to_reset`], and `Invalid(password)`,
/// which leaves the link as it is.
pub async fn reset(app: &App, token: &str, password: &str, t: &Text) -> Result<()> {
    let user = to_reset(app, token).await?;
    let known = [&*user.first_name, &*user.last_name, &*user.email];
    if let Some(problem) = passwords::problem(password, &known) {
        return Err(Error::field("password", problem));
    }
    let hash = passwords::hash(password, &app.rng).await?;
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            let user = links::redeem(tx, Purpose::Reset, token, now).await?;
            store::set_user(tx, user.id, users::Column::PasswordHash, &*hash).await?;
            if user.verified_at.is_none() {
                store::set_user(tx, user.id, users::Column::VerifiedAt, now).await?;
            }
            store::void_links(tx, user.id, &[Purpose::Verify, Purpose::Reset], now).await?;
            store::end_sessions(tx, user.id).await?;
            mails::password_changed(tx, app, &user, t, now).await
        })
        .await
}
