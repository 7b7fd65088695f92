//! Accounts that the operator makes: admins, and the people of the demo.

use super::store::NewUser;
use super::{User, passwords, people, store};
use crate::app::App;
use crate::platform::error::{Error, Refusal, Result};
use crate::tables::users::{self, Role};

/// How an address came to be an admin's.
#[derive(Debug, PartialEq, Eq)]
pub enum Promoted {
    /// A new account, with the password given.
    Made,
    /// The account was there; its password stays as it was.
    Raised,
}

/// Makes an account for an admin, or an admin of the account that is there.
///
/// Errors: `Invalid(email)`; `Invalid(password)` for one that is short or common;
/// `Refused(WrongState)` when the account is an admin's already.
pub async fn create_admin(app: &App, email: &str, password: &str) -> Result<Promoted> {
    let email = people::email(email).map_err(|problem| Error::field("email", problem))?;
    if let Some(user) = store::user_by_email(app.db.read(), &email).await? {
        if user.role == Role::Admin {
            return Err(Refusal::WrongState.into());
        }
        app.db
            .write(async |tx| {
                Ok(store::set_user(tx, user.id, users::Column::Role, Role::Admin).await?)
            })
            .await?;
        return Ok(Promoted::Raised);
    }
    if let Some(problem) = passwords::problem(password, &[&email]) {
        return Err(Error::field("password", problem));
    }
    ensure_user(app, &email, ("Admin", "of EPU"), password, Role::Admin).await?;
    Ok(Promoted::Made)
}

/// The confirmed account of `email`, made if it is not there, with this name, password and role in any case.
///
/// For the demo and the first admin: nobody is asked and nothing is mailed.
pub async fn ensure_user(
    app: &App,
    email: &str,
    (first_name, last_name): (&str, &str),
    password: &str,
    role: Role,
) -> Result<User> {
    let before = store::user_by_email(app.db.read(), email).await?;
    let kept = before.as_ref().map(|user| user.password_hash.as_str());
    let hash = match kept {
        Some(kept) if passwords::is_right(password, Some(kept)).await? => kept.to_owned(),
        _ => passwords::hash(password, &app.rng).await?,
    };
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            let new = NewUser {
                public_id: app.rng.public_id(),
                email,
                first_name,
                last_name,
                password_hash: &hash,
                role,
                locale: None,
                verified_at: Some(now),
                created_at: now,
            };
            store::add_user(tx, new).await?;
            let user = store::user_by_email(tx, email)
                .await?
                .ok_or(Error::NotFound)?;
            store::set_user(tx, user.id, users::Column::PasswordHash, &*hash).await?;
            store::set_user(tx, user.id, users::Column::Role, role).await?;
            store::set_user(
                tx,
                user.id,
                users::Column::VerifiedAt,
                user.verified_at.unwrap_or(now),
            )
            .await?;
            store::user(tx, user.id).await?.ok_or(Error::NotFound)
        })
        .await
}
