//! People for tests: signed in without the forms, because most tests are about something else.

use super::store::{self, NewUser};
use super::{User, passwords, sessions};
use crate::app::App;
use crate::tables::users::Role;

/// Everybody's password in tests.
pub const PASSWORD: &str = "tulips in the rain";

/// A confirmed account and the secret of a session of it.
pub async fn cast(
    app: &App,
    email: &str,
    (first, last): (&str, &str),
    role: Role,
) -> (User, String) {
    static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    let hash = HASH
        .get_or_init(|| async { passwords::hash(PASSWORD, &app.rng).await.expect("hashed") })
        .await;
    let now = app.clock.now();
    let made = app.db.write(async |tx| {
        let new = NewUser {
            public_id: app.rng.public_id(),
            email,
            first_name: first,
            last_name: last,
            password_hash: hash,
            role,
            locale: None,
            verified_at: Some(now),
            created_at: now,
        };
        let id = store::add_user(tx, new).await?.expect("a new address");
        let user = store::user(tx, id).await?.expect("just added");
        let token = sessions::begin(tx, app, id, "Firefox on Linux", now).await?;
        Ok((user, token))
    });
    made.await.expect("a person for the test")
}
