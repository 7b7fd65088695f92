//! The mails of accounts. Every link is made from `http.base_url`.

use super::{User, links};
use crate::app::App;
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::mail::{Layout, Press};
use crate::platform::texts::Text;
use crate::tables::mail_links::Purpose;

/// Asks to confirm the address, with a new link.
pub async fn verify(tx: &Tx, app: &App, user: &User, t: &Text, now: At) -> Result<()> {
    let token = links::issue(tx, user.id, Purpose::Verify, &app.rng, now).await?;
    let mail = Layout {
        kind: "verify",
        subject: t.say("mail-verify-subject"),
        preview: t.say("mail-verify-preview"),
        heading: t.say("mail-verify-heading"),
        words: vec![hello(user, t), t.say("mail-verify-words")],
        press: Some(press(
            app,
            t.say("mail-verify-press"),
            &format!("/verify/{token}"),
        )),
        why: t.say("mail-verify-why"),
        t,
    };
    post(tx, app, user, mail, now).await
}

/// Tells that somebody signed up with an address that has an account.
pub async fn exists(tx: &Tx, app: &App, user: &User, t: &Text, now: At) -> Result<()> {
    let mail = Layout {
        kind: "exists",
        subject: t.say("mail-exists-subject"),
        preview: t.say("mail-exists-preview"),
        heading: t.say("mail-exists-heading"),
        words: vec![hello(user, t), t.say("mail-exists-words")],
        press: Some(press(app, t.say("mail-exists-press"), "/sign-in")),
        why: t.say("mail-verify-why"),
        t,
    };
    post(tx, app, user, mail, now).await
}

/// Lets the owner of an unconfirmed account choose its password, which confirms it.
pub async fn finish(tx: &Tx, app: &App, user: &User, token: &str, t: &Text, now: At) -> Result<()> {
    let mail = Layout {
        kind: "finish",
        subject: t.say("mail-finish-subject"),
        preview: t.say("mail-verify-preview"),
        heading: t.say("mail-finish-heading"),
        words: vec![t.say("mail-finish-words")],
        press: Some(press(
            app,
            t.say("mail-reset-press"),
            &format!("/reset/{token}"),
        )),
        why: t.say("mail-verify-why"),
        t,
    };
    post(tx, app, user, mail, now).await
}

/// Brings the link by which a new password can be chosen.
pub async fn reset(tx: &Tx, app: &App, user: &User, token: &str, t: &Text, now: At) -> Result<()> {
    let mail = Layout {
        kind: "reset",
        subject: t.say("mail-reset-subject"),
        preview: t.say("mail-reset-preview"),
        heading: t.say("mail-reset-heading"),
        words: vec![hello(user, t), t.say("mail-reset-words")],
        press: Some(press(
            app,
            t.say("mail-reset-press"),
            &format!("/reset/{token}"),
        )),
        why: t.say("mail-reset-why"),
        t,
    };
    post(tx, app, user, mail, now).await
}

/// Tells that the password was changed.
pub async fn password_changed(tx: &Tx, app: &App, user: &User, t: &Text, now: At) -> Result<()> {
    let mail = Layout {
        kind: "password-changed",
        subject: t.say("mail-changed-subject"),
        preview: t.say("mail-changed-preview"),
        heading: t.say("mail-changed-heading"),
        words: vec![hello(user, t), t.say("mail-changed-words")],
        press: Some(press(app, t.say("mail-changed-press"), "/forgot")),
        why: t.say("mail-changed-why"),
        t,
    };
    post(tx, app, user, mail, now).await
}

/// The greeting, by name if it looks like one: who signs up with somebody else's address must not be able to
/// have us write them a line with a link in it.
fn hello(user: &User, t: &Text) -> String {
    let name = &*user.first_name;
    let is_plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’');
    if name.chars().all(is_plain) && name.split(' ').count() <= 3 {
        t.with("mail-hello", [("name", name.into())])
    } else {
        t.say("mail-hello-you")
    }
}

fn press(app: &App, label: String, path: &str) -> Press {
    Press {
        label,
        url: format!("{}{path}", app.config.http.base_url),
    }
}

async fn post(tx: &Tx, app: &App, user: &User, mail: Layout<'_>, now: At) -> Result<()> {
    app.mailer.post(tx, &mail.letter(&user.email)?, now).await?;
    Ok(())
}
