use super::credentials;
use crate::testing::TestApp;

#[tokio::test]
async fn names_are_shown_as_text_whatever_they_hold() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let form = [
        ("first_name", "<script>alert(1)</script>"),
        ("last_name", "\"><img src=x>"),
    ];
    host.post("/account/name", &form)
        .await
        .leads_to("/account?saved=name");
    let page = host.get("/account?saved=name").await;
    page.is(200).shows("Saved.");
    assert!(!page.text().contains("<script>alert"), "{page}");
    assert!(!page.text().contains("<img"), "{page}");
    assert_eq!(page.value("last_name"), "\"><img src=x>");
}

#[tokio::test]
async fn a_name_cannot_be_empty() {
    let app = TestApp::new().await;
    let host = app.host().await;
    host.post(
        "/account/name",
        &[("first_name", " "), ("last_name", "Kowalska")],
    )
    .await
    .is(422)
    .shows("Please fill this in");
    host.get("/account").await.shows("Anna Kowalska");
}

#[tokio::test]
async fn a_changed_password_keeps_this_browser_and_ends_all_others() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let (phone, thief) = (app.visitor(), host.copy());
    phone
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(303);

    let form = [
        ("current", app.password()),
        ("password", "a meadow full of larks"),
    ];
    host.post("/account/password", &form)
        .await
        .leads_to("/account?saved=password");

    host.get("/account").await.is(200);
    phone.get("/account").await.is(303);
    thief.get("/account").await.is(303);
    app.work().await;
    assert_eq!(
        app.mail_to("host@example.com").await.subject,
        "Your password was changed"
    );
}

#[tokio::test]
async fn the_present_password_is_asked_for_and_guesses_are_counted() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let form = [
        ("current", "a wrong guess"),
        ("password", "a meadow full of larks"),
    ];
    for _ in 0..5 {
        host.post("/account/password", &form)
            .await
            .is(422)
            .shows("not your present password");
    }
    host.post("/account/password", &form).await.is(429);
}

#[tokio::test]
async fn visitors_change_nothing() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for path in ["/account/name", "/account/password", "/sign-out/everywhere"] {
        visitor.post(path, &[]).await.leads_to("/sign-in");
    }
}
