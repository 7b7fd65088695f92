//! What people change of their own account.

use super::{Session, User, mails, passwords, people, sessions, signing_in, store};
use crate::app::App;
use crate::platform::error::{Error, Fields, Result};
use crate::platform::limits;
use crate::platform::texts::Text;
use crate::tables::mail_links::Purpose;
use crate::tables::users;

/// Changes the names. Errors: `Invalid`.
pub async fn rename(app: &App, session: &Session, first: &str, last: &str) -> Result<()> {
    let mut fields = Fields::default();
    let (first, last) = (people::name(first), people::name(last));
    for (field, name) in [("first_name", &first), ("last_name", &last)] {
        if let Err(problem) = name {
            fields.add(field, problem);
        }
    }
    fields.check()?;
    let id = session.user.id;
    app.db
        .write(async |tx| {
            store::set_user(tx, id, users::Column::FirstName, first.unwrap_or_default()).await?;
            store::set_user(tx, id, users::Column::LastName, last.unwrap_or_default()).await?;
            Ok(())
        })
        .await
}

/// The form by which a password is changed, as typed.
pub struct NewPassword<'a> {
    /// The one until now.
    pub current: &'a str,
    /// ≥ 10 characters.
    pub password: &'a str,
    /// Where the person comes from, see `web::Client`.
    pub household: &'a str,
    /// The browser in short words.
    pub device: &'a str,
}

/// Changes the password, ends every session, tells the owner by mail, and returns the secret of a new session
/// for the browser that did it.
///
/// Errors: `Invalid` for `current` or `password`; `TooMany` as at [`sign_in`](super::sign_in).
pub async fn change_password(
    app: &App,
    user: &User,
    wish: NewPassword<'_>,
    t: &Text,
) -> Result<String> {
    let now = app.clock.now();
    let known = [&*user.first_name, &*user.last_name, &*user.email];
    if let Some(problem) = passwords::problem(wish.password, &known) {
        return Err(Error::field("password", problem));
    }
    let key = signing_in::failures_key(wish.household, &user.email);
    limits::count(&app.db, &key, signing_in::limit(app), now).await?;
    if !passwords::is_right(wish.current, Some(&user.password_hash)).await? {
        return Err(Error::field("current", "password-not-right"));
    }
    limits::clear(&app.db, &key).await?;
    let hash = passwords::hash(wish.password, &app.rng).await?;
    app.db
        .write(async |tx| {
            store::set_user(tx, user.id, users::Column::PasswordHash, &*hash).await?;
            store::void_links(tx, user.id, &[Purpose::Reset], now).await?;
            store::end_sessions(tx, user.id).await?;
            mails::password_changed(tx, app, user, t, now).await?;
            sessions::begin(tx, app, user.id, wish.device, now).await
        })
        .await
}
