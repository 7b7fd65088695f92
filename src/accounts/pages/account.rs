//! `/account`

use askama::Template;
use poem::handler;
use poem::web::Query;
use serde::Deserialize;

use super::field::Field;
use super::summary;
use crate::accounts::people::NAME_MOST;
use crate::accounts::{Host, User};
use crate::platform::error::{Fields, Result};
use crate::platform::web::{Frame, Page};

/// This page.
pub(super) const PATH: &str = "/account";

/// What the address of the page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    saved: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/pages/account.html")]
pub(super) struct Show {
    frame: Frame,
    summary: String,
    saved: String,
    name: String,
    email: String,
    since: String,
    since_in_words: String,
    first_name: Field,
    last_name: Field,
    current: Field,
    password: Field,
}

/// What is known of the account, and the forms that change it.
#[handler]
pub async fn show(frame: Frame, Host(user): Host, wish: Option<Query<Wish>>) -> Result<Page<Show>> {
    let saved = match wish.and_then(|Query(wish)| wish.saved).as_deref() {
        Some("password") => frame.t.say("account-password-saved"),
        Some(_) => frame.t.say("account-saved"),
        None => String::new(),
    };
    let (first, last) = (user.first_name.clone(), user.last_name.clone());
    let mut page = page(frame, &user, (&first, &last), &Fields::default());
    page.saved = saved;
    Ok(Page(page))
}

/// The page, with the names as typed and the fields that need mending.
pub(super) fn page(
    frame: Frame,
    user: &User,
    (first, last): (&str, &str),
    fields: &Fields,
) -> Show {
    let t = &frame.t;
    let since = user.created_at.timestamp();
    Show {
        summary: summary(fields, t),
        saved: String::new(),
        name: format!("{} {}", user.first_name, user.last_name),
        email: user.email.clone(),
        since: since.to_string(),
        since_in_words: since.strftime("%Y-%m-%d").to_string(),
        first_name: Field::text(t, "first_name", "first-name", "given-name")
            .most(NAME_MOST)
            .value(first)
            .mend(fields, t),
        last_name: Field::text(t, "last_name", "last-name", "family-name")
            .most(NAME_MOST)
            .value(last)
            .mend(fields, t),
        current: Field::password(t, "current", "account-current", "current-password")
            .mend(fields, t),
        password: Field::password(t, "password", "account-new", "new-password")
            .hint(t.say("password-hint"))
            .mend(fields, t),
        frame,
    }
}
