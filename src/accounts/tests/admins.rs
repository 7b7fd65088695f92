use super::super::{Promoted, create_admin, ensure_user};
use super::credentials;
use crate::platform::error::{Error, Refusal};
use crate::tables::users::Role;
use crate::testing::TestApp;

#[tokio::test]
async fn a_new_admin_signs_in_at_once() {
    let app = TestApp::new().await;
    let made = create_admin(&app.app, "Boss@example.com", "a meadow full of larks").await;
    assert_eq!(made.unwrap(), Promoted::Made);
    app.visitor()
        .post(
            "/sign-in",
            &credentials("boss@example.com", "a meadow full of larks"),
        )
        .await
        .leads_to("/events");
}

#[tokio::test]
async fn a_host_can_be_made_an_admin_and_keeps_the_password() {
    let app = TestApp::new().await;
    app.host().await;
    let raised = create_admin(&app.app, "host@example.com", "a meadow full of larks").await;
    assert_eq!(raised.unwrap(), Promoted::Raised);
    app.visitor()
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .leads_to("/events");
    let again = create_admin(&app.app, "host@example.com", "a meadow full of larks").await;
    assert!(
        matches!(again, Err(Error::Refused(Refusal::WrongState))),
        "{again:?}"
    );
}

#[tokio::test]
async fn the_demos_people_are_the_same_however_often_they_are_asked_for() {
    let app = TestApp::new().await;
    let name = ("Demo", "Host");
    let one = ensure_user(
        &app.app,
        "demo@example.com",
        name,
        "one long sentence",
        Role::Host,
    )
    .await
    .unwrap();
    let two = ensure_user(
        &app.app,
        "demo@example.com",
        name,
        "one long sentence",
        Role::Host,
    )
    .await
    .unwrap();
    assert_eq!((one.id, &one.password_hash), (two.id, &two.password_hash));
    let three = ensure_user(
        &app.app,
        "demo@example.com",
        name,
        "now another sentence",
        Role::Host,
    )
    .await
    .unwrap();
    assert_eq!(three.id, one.id);
    app.visitor()
        .post(
            "/sign-in",
            &credentials("demo@example.com", "now another sentence"),
        )
        .await
        .leads_to("/events");
}
