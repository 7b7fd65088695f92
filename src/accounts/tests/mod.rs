//! The pages of accounts, as browsers meet them; one file per page.

mod account;
mod admins;
mod forgotten;
mod session;
mod sign_up;
mod verification;

use crate::testing::{Browser, TestApp};

/// A sign-up form as Mara fills it in.
const MARA: [(&str, &str); 4] = [
    ("first_name", "Mara"),
    ("last_name", "Lind"),
    ("email", "Mara@Example.com"),
    ("password", "lanterns over the hill"),
];

/// Mara has signed up and not confirmed yet.
async fn mara_signed_up(app: &TestApp) -> Browser {
    let mara = app.visitor();
    mara.post("/sign-up", &MARA).await.leads_to("/sign-up/sent");
    app.work().await;
    mara
}

/// Mara has confirmed her address, and is not signed in.
async fn mara_confirmed(app: &TestApp) -> Browser {
    let mara = mara_signed_up(app).await;
    let link = app.mail_to("mara@example.com").await.link();
    mara.post(&link, &[])
        .await
        .leads_to("/sign-in?after=confirmed");
    mara
}

/// The form of the sign-in page.
fn credentials<'a>(email: &'a str, password: &'a str) -> [(&'a str, &'a str); 2] {
    [("email", email), ("password", password)]
}
