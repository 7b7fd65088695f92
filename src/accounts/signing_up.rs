//! Signing up.

use super::store::NewUser;
use super::{User, addressed, links, mails, passwords, people, store};
use crate::app::App;
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::{Fields, Result};
use crate::platform::texts::Text;
use crate::tables::mail_links::Purpose;
use crate::tables::users::Role;

/// The form, as typed.
pub struct SignUp<'a> {
    /// ≤ 80 characters.
    pub first_name: &'a str,
    /// ≤ 80 characters.
    pub last_name: &'a str,
    /// Where the link is sent.
    pub email: &'a str,
    /// ≥ 10 characters.
    pub password: &'a str,
}

/// The form, once it can be used.
struct Checked {
    first_name: String,
    last_name: String,
    email: String,
}

/// Makes an account and mails the link that confirms its address; returns the address as it is kept.
///
/// Who signs up with an address that has an account is answered the same way and in the same time; the mail
/// tells its owner. Errors: `Invalid`, and `TooMany` by address.
pub async fn sign_up(app: &App, form: SignUp<'_>, t: &Text, household: &str) -> Result<String> {
    let checked = check(&form)?;
    addressed::count(app, household).await?;
    let password_hash = passwords::hash(form.password, &app.rng).await?;
    if !addressed::may_write_to(app, &checked.email).await? {
        return Ok(checked.email);
    }
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            let new = NewUser {
                public_id: app.rng.public_id(),
                email: &checked.email,
                first_name: &checked.first_name,
                last_name: &checked.last_name,
                password_hash: &password_hash,
                role: Role::Host,
                locale: Some(t.locale().as_str()),
                verified_at: None,
                created_at: now,
            };
            let added = store::add_user(tx, new).await?;
            let user = store::user_by_email(tx, &checked.email).await?;
            match (added, user) {
                (Some(_), Some(user)) => mails::verify(tx, app, &user, t, now).await,
                (None, Some(user)) => greet_again(tx, app, &user, t, now).await,
                (_, None) => Ok(()),
            }
        })
        .await?;
    Ok(checked.email)
}

fn check(form: &SignUp<'_>) -> Result<Checked> {
    let mut fields = Fields::default();
    let mut take = |field, result: Result<String, &'static str>| {
        result.unwrap_or_else(|problem| {
            fields.add(field, problem);
            String::new()
        })
    };
    let checked = Checked {
        first_name: take("first_name", people::name(form.first_name)),
        last_name: take("last_name", people::name(form.last_name)),
        email: take("email", people::email(form.email)),
    };
    let known = [form.first_name, form.last_name, form.email];
    if let Some(problem) = passwords::problem(form.password, &known) {
        fields.add("password", problem);
    }
    fields.check()?;
    Ok(checked)
}

/// Writes to the owner of an account that exists already.
///
/// An unconfirmed one may have been made by somebody else, to lie in wait with a password of theirs. So its
/// links are void, and the mail lets the owner of the mailbox choose the password.
async fn greet_again(tx: &Tx, app: &App, user: &User, t: &Text, now: At) -> Result<()> {
    if user.verified_at.is_some() {
        return mails::exists(tx, app, user, t, now).await;
    }
    store::void_links(tx, user.id, &[Purpose::Verify, Purpose::Reset], now).await?;
    let token = links::issue(tx, user.id, Purpose::Reset, &app.rng, now).await?;
    mails::finish(tx, app, user, &token, t, now).await
}
