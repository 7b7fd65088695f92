use http::Method;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use super::super::store;
use super::{credentials, mara_confirmed, mara_signed_up};
use crate::platform::clock::{DAY_MS, HOUR_MS, MINUTE_MS};
use crate::platform::error::Result;
use crate::tables::{sessions, users::Column};
use crate::testing::TestApp;

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_and_back() {
    let app = TestApp::new().await;
    app.host().await;
    let visitor = app.visitor();
    visitor
        .get("/account?saved=name")
        .await
        .leads_to("/sign-in?next=%2Faccount%3Fsaved%3Dname");
    let page = visitor.get("/sign-in?next=%2Faccount").await;
    assert_eq!(page.is(200).value("next"), "/account");
    let form = [
        ("email", "host@example.com"),
        ("password", app.password()),
        ("next", "/account"),
    ];
    visitor.post("/sign-in", &form).await.leads_to("/account");

    app.visitor()
        .ask(Method::GET, "/account")
        .as_script()
        .send()
        .await
        .is(401);
}

#[tokio::test]
async fn the_way_back_never_leads_to_another_site() {
    let app = TestApp::new().await;
    app.host().await;
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ] {
        let form = [
            ("email", "host@example.com"),
            ("password", app.password()),
            ("next", next),
        ];
        app.visitor()
            .post("/sign-in", &form)
            .await
            .leads_to("/events");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = TestApp::new().await;
    mara_confirmed(&app).await;
    let wrong = app
        .visitor()
        .post(
            "/sign-in",
            &credentials("mara@example.com", "not her password"),
        )
        .await;
    let unknown = app
        .visitor()
        .post(
            "/sign-in",
            &credentials("nobody@example.com", "not her password"),
        )
        .await;
    wrong.is(422).shows("Address or password is not right");
    assert_eq!(
        wrong.text().replace("mara@example.com", "X"),
        unknown.is(422).text().replace("nobody@example.com", "X")
    );
}

#[tokio::test]
async fn an_unconfirmed_account_with_a_wrong_password_says_nothing_of_it() {
    let app = TestApp::new().await;
    let mara = mara_signed_up(&app).await;
    mara.post(
        "/sign-in",
        &credentials("mara@example.com", "not her password"),
    )
    .await
    .is(422)
    .shows("Address or password is not right")
    .hides("not confirmed");
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    app.host().await;
    app.stranger().await;
    let visitor = app.visitor();
    for _ in 0..5 {
        visitor
            .post(
                "/sign-in",
                &credentials("HOST@example.com", "wrong password"),
            )
            .await
            .is(422);
    }
    let sixth = visitor
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await;
    assert_eq!(sixth.is(429).header("retry-after"), "900");
    visitor
        .post(
            "/sign-in",
            &credentials("stranger@example.com", app.password()),
        )
        .await
        .leads_to("/events");

    app.later(15 * MINUTE_MS);
    visitor
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .leads_to("/events");
}

#[tokio::test]
async fn a_success_forgives_the_failures_before_it() {
    let app = TestApp::new().await;
    app.host().await;
    for _ in 0..3 {
        for _ in 0..4 {
            app.visitor()
                .post(
                    "/sign-in",
                    &credentials("host@example.com", "wrong password"),
                )
                .await
                .is(422);
        }
        app.visitor()
            .post("/sign-in", &credentials("host@example.com", app.password()))
            .await
            .is(303);
    }
}

#[tokio::test]
async fn every_sign_in_makes_a_new_session_and_ends_the_one_before() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let thief = host.copy();
    let before = host.cookie("session").unwrap();

    host.post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(303);

    assert_ne!(host.cookie("session").unwrap(), before);
    host.get("/account").await.is(200);
    thief.get("/account").await.is(303);
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_everywhere_when_asked() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let (phone, thief) = (app.visitor(), host.copy());
    phone
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(303);

    host.get("/sign-out").await.is(405);
    host.post("/sign-out", &[])
        .await
        .leads_to("/sign-in?after=signed-out");
    assert_eq!(host.cookie("session"), None);
    host.get("/account").await.is(303);
    thief.get("/account").await.is(303);
    phone.get("/account").await.is(200);

    host.post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(303);
    host.post("/sign-out/everywhere", &[]).await.is(303);
    phone.get("/account").await.is(303);
}

#[tokio::test]
async fn a_session_lasts_thirty_days_after_its_last_use() {
    let app = TestApp::new().await;
    let host = app.host().await;
    app.later(29 * DAY_MS);
    let answer = host.get("/account").await;
    assert!(
        answer
            .is(200)
            .header("set-cookie")
            .contains("Max-Age=2592000"),
        "{answer}"
    );
    app.later(HOUR_MS - 1);
    assert_eq!(host.get("/account").await.is(200).header("set-cookie"), "");
    app.later(29 * DAY_MS);
    host.get("/account").await.is(200);
    app.later(30 * DAY_MS);
    host.get("/account").await.is(303);

    app.keep_schedules().await;
    let left = sessions::Entity::find()
        .count(app.app.db.read())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let app = TestApp::with(&[("EPU_HTTP__BASE_URL", "https://epu.example")]).await;
    app.host().await;
    let visitor = app.visitor();
    let answer = visitor
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await;
    let cookie = answer.header("set-cookie");
    for part in [
        "__Host-session=",
        "; Secure",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    visitor.get("/account").await.is(200);
}

#[tokio::test]
async fn the_suspended_are_signed_out_and_stay_out() -> Result<()> {
    let app = TestApp::new().await;
    let host = app.host().await;
    let (id, now) = (host.user.as_ref().unwrap().id, app.app.clock.now());
    app.app
        .db
        .write(async |tx| Ok(store::set_user(tx, id, Column::SuspendedAt, now).await?))
        .await?;

    host.get("/account").await.is(303);
    app.visitor()
        .post("/sign-in", &credentials("host@example.com", app.password()))
        .await
        .is(422)
        .shows("suspended");
    app.visitor()
        .post(
            "/sign-in",
            &credentials("host@example.com", "wrong password"),
        )
        .await
        .hides("suspended");
    Ok(())
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_again() {
    let app = TestApp::new().await;
    let host = app.host().await;
    host.get("/sign-in").await.leads_to("/events");
    host.get("/sign-in?next=%2Faccount")
        .await
        .leads_to("/account");
    host.get("/sign-up").await.leads_to("/events");
}

#[tokio::test]
async fn signing_in_from_another_site_is_refused() {
    let app = TestApp::new().await;
    app.host().await;
    app.visitor()
        .ask(Method::POST, "/sign-in")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=host%40example.com&password=x")
        .send()
        .await
        .is(403);
}
