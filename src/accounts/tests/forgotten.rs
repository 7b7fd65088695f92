use super::{MARA, credentials, mara_signed_up};
use crate::platform::clock::DAY_MS;
use crate::testing::TestApp;

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_ends_every_session() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let visitor = app.visitor();
    visitor
        .post("/forgot", &[("email", " Host@example.com ")])
        .await
        .leads_to("/forgot?sent=yes");
    visitor
        .get("/forgot?sent=yes")
        .await
        .shows("If host@example.com has an account");
    app.work().await;
    let link = app.mail_to("host@example.com").await.link();

    visitor
        .get(&link)
        .await
        .is(200)
        .shows("For host@example.com");
    visitor
        .post(&link, &[("password", "short")])
        .await
        .is(422)
        .shows("10 characters or more");
    visitor
        .post(&link, &[("password", "a meadow full of larks")])
        .await
        .leads_to("/sign-in?after=password-saved");

    host.get("/account").await.is(303);
    visitor
        .post(&link, &[("password", "another meadow of larks")])
        .await
        .is(410);
    visitor
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(422);
    visitor
        .post(
            "/sign-in",
            &credentials("host@example.com", "a meadow full of larks"),
        )
        .await
        .leads_to("/events");
    app.work().await;
    assert_eq!(
        app.mail_to("host@example.com").await.subject,
        "Your password was changed"
    );
}

#[tokio::test]
async fn nobody_learns_by_asking_whether_an_address_has_an_account() {
    let app = TestApp::new().await;
    app.host().await;
    let known = app.visitor();
    let unknown = app.visitor();
    known
        .post("/forgot", &[("email", "host@example.com")])
        .await
        .leads_to("/forgot?sent=yes");
    unknown
        .post("/forgot", &[("email", "none@example.com")])
        .await
        .leads_to("/forgot?sent=yes");
    let (known, unknown) = (
        known.get("/forgot?sent=yes").await,
        unknown.get("/forgot?sent=yes").await,
    );
    assert_eq!(
        known.words().replace("host@", ""),
        unknown.words().replace("none@", "")
    );
    app.work().await;
    assert!(app.mails_to("none@example.com").await.is_empty());
}

#[tokio::test]
async fn the_link_is_worth_nothing_after_a_day() {
    let app = TestApp::new().await;
    app.host().await;
    app.visitor()
        .post("/forgot", &[("email", "host@example.com")])
        .await
        .is(303);
    app.work().await;
    let link = app.mail_to("host@example.com").await.link();
    app.later(DAY_MS);
    app.visitor()
        .get(&link)
        .await
        .is(410)
        .shows("Send a new link");
    app.visitor()
        .post(&link, &[("password", "a meadow full of larks")])
        .await
        .is(410);
}

#[tokio::test]
async fn choosing_a_password_by_mail_confirms_the_address_too() {
    let app = TestApp::new().await;
    let mara = mara_signed_up(&app).await;
    mara.post("/forgot", &[MARA[2]]).await.is(303);
    app.work().await;
    let link = app.mail_to("mara@example.com").await.link();
    mara.post(&link, &[("password", "a meadow full of larks")])
        .await
        .is(303);
    mara.post(
        "/sign-in",
        &credentials("mara@example.com", "a meadow full of larks"),
    )
    .await
    .leads_to("/events");
}

#[tokio::test]
async fn an_address_that_is_none_is_said_so() {
    let app = TestApp::new().await;
    app.visitor()
        .post("/forgot", &[("email", "<script>alert(1)</script>")])
        .await
        .is(422)
        .shows("This address is not complete")
        .shows("One field needs another look");
}
