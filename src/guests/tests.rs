use crate::events::{self, Details};
use crate::platform::clock::MINUTE_MS;
use crate::testing::{Browser, TestApp};

const RIGHT: &[(&str, &str)] = &[("password", "tulip-river-47")];

/// Types a password at the event's door.
async fn try_password(guest: &Browser, event: &events::Event, typed: &str) -> u16 {
    let path = format!("/g/{}/password", event.code);
    guest
        .post(&path, &[("password", typed)])
        .await
        .status
        .as_u16()
}

#[tokio::test]
async fn a_guest_of_an_open_event_gets_a_pass_and_the_upload_button() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.visitor();

    guest
        .get(&format!("/g/{}", event.code))
        .await
        .is(200)
        .shows("Mara & Jonas")
        .shows("Add photos and videos");

    let pass = guest
        .cookie(&format!("pass-{}", event.public_id))
        .expect("a pass");
    guest.get(&format!("/g/{}", event.code)).await.is(200);
    assert_eq!(
        guest.cookie(&format!("pass-{}", event.public_id)),
        Some(pass),
        "it is kept"
    );
}

#[tokio::test]
async fn the_password_is_asked_once_and_before_everything() {
    let app = TestApp::new().await;
    let event = app.closed_event(&app.host().await).await;
    let guest = app.visitor();
    let page = format!("/g/{}", event.code);

    guest
        .get(&page)
        .await
        .is(200)
        .shows("This event has a password");
    guest.get(&format!("{page}/gallery")).await.leads_to(&page);
    guest
        .announce(&event, "a.jpg", 10)
        .await
        .is(403)
        .shows("password_needed");
    guest
        .post(&format!("{page}/password"), &[("password", "wrong")])
        .await
        .is(422)
        .shows("That is not the password");

    guest
        .post(&format!("{page}/password"), RIGHT)
        .await
        .leads_to(&page);
    guest
        .get(&page)
        .await
        .is(200)
        .shows("Add photos and videos");
}

#[tokio::test]
async fn a_changed_password_ends_the_passes() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let event = app.closed_event(&host).await;
    let guest = app.visitor();
    guest
        .post(&format!("/g/{}/password", event.code), RIGHT)
        .await
        .is(303);

    let details = Details::of(&event, &app.app.secrets).expect("opens");
    let form = [
        ("name", details.name.as_str()),
        ("zone", "Europe/Berlin"),
        ("password", "other-word-11"),
    ];
    host.post(&format!("/events/{}", event.public_id), &form)
        .await
        .is(303);

    guest
        .get(&format!("/g/{}", event.code))
        .await
        .is(200)
        .shows("This event has a password");
}

#[tokio::test]
async fn a_forged_pass_opens_nothing() {
    let app = TestApp::new().await;
    let event = app.closed_event(&app.host().await).await;
    let honest = app.visitor();
    honest
        .post(&format!("/g/{}/password", event.code), RIGHT)
        .await
        .is(303);
    let name = format!("pass-{}", event.public_id);
    let pass = honest.cookie(&name).expect("a pass");
    let (id, mac) = pass.split_once('.').expect("signed");

    for forged in [
        id.to_owned(),
        format!("{id}."),
        format!("{id}.AAAA"),
        format!("0000000000000000.{mac}"),
    ] {
        let thief = app.visitor();
        thief.keep(&name, &forged);
        thief
            .get(&format!("/g/{}", event.code))
            .await
            .shows("This event has a password");
    }
}

#[tokio::test]
async fn ten_wrong_passwords_make_one_browser_wait_and_nobody_else() {
    let app = TestApp::new().await;
    let event = app.closed_event(&app.host().await).await;
    let (one, two) = (app.guest_of(&event).await, app.guest_of(&event).await);
    for _ in 0..10 {
        assert_eq!(try_password(&one, &event, "guess").await, 422);
    }
    assert_eq!(try_password(&one, &event, "tulip-river-47").await, 429);
    assert_eq!(try_password(&two, &event, "tulip-river-47").await, 303);
    app.later(MINUTE_MS);
    assert_eq!(try_password(&one, &event, "tulip-river-47").await, 303);
}

#[tokio::test]
async fn dropping_cookies_does_not_help_a_guesser_for_ever() {
    let app =
        TestApp::with(&[("EPU_LIMITS__PASSWORD_FAILURES_PER_MINUTE_PER_ADDRESS", "20")]).await;
    let event = app.closed_event(&app.host().await).await;
    for _ in 0..20 {
        assert_eq!(try_password(&app.visitor(), &event, "guess").await, 422);
    }
    assert_eq!(
        try_password(&app.visitor(), &event, "tulip-river-47").await,
        429
    );
}

#[tokio::test]
async fn a_typed_code_leads_to_the_event_and_a_wrong_one_is_told_kindly() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.visitor();
    let typed = format!("{}-{}", &event.code[..4].to_lowercase(), &event.code[4..]);

    guest
        .post("/join", &[("code", &typed)])
        .await
        .leads_to(&format!("/g/{}", event.code));
    guest
        .post("/join", &[("code", "00000000")])
        .await
        .is(422)
        .shows("No event has this code");
    guest.get("/g/00000000").await.is(404);
}

#[tokio::test]
async fn codes_cannot_be_tried_out() {
    let app = TestApp::new().await;
    let guest = app.visitor();
    guest.get("/join").await.is(200);
    for n in 0..10 {
        guest.get(&format!("/g/0000000{n}")).await.is(404);
    }
    guest.get("/g/0000000A").await.is(429);
}

#[tokio::test]
async fn a_draft_and_a_trashed_event_are_closed_to_guests() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let form = [("name", "Draft"), ("zone", "UTC")];
    host.post("/events", &form).await.is(303);
    let owner = host.user.as_ref().expect("signed in").id;
    let draft = events::of_owner(app.app.db.read(), owner)
        .await
        .expect("read")
        .remove(0);
    app.visitor()
        .get(&format!("/g/{}", draft.code))
        .await
        .is(404)
        .shows("has not opened this event yet");

    let event = app.event(&host).await;
    host.post(&format!("/events/{}/trashing", event.public_id), &[])
        .await
        .leads_to("/events");
    app.visitor()
        .get(&format!("/g/{}", event.code))
        .await
        .is(404);
}

#[tokio::test]
async fn a_name_is_kept_and_cannot_carry_markup() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let path = format!("/g/{}/name", event.code);

    guest
        .post(&path, &[("name", "<script>alert(1)</script>")])
        .await
        .is(303);
    let page = guest.get(&format!("/g/{}", event.code)).await;
    assert!(!page.text().contains("<script>alert"), "{page}");
    guest
        .post(&path, &[("name", &"x".repeat(81))])
        .await
        .is(422);
}

#[tokio::test]
async fn a_closed_event_says_so_and_takes_nothing() {
    let app = TestApp::new().await;
    let host = app.host().await;
    let event = app.event(&host).await;
    let guest = app.guest_of(&event).await;
    host.post(&format!("/events/{}/closing", event.public_id), &[])
        .await
        .is(303);

    guest
        .get(&format!("/g/{}", event.code))
        .await
        .is(200)
        .shows("This event is closed");
    guest
        .announce(&event, "a.jpg", 10)
        .await
        .is(403)
        .shows("event_closed");
}

#[tokio::test]
async fn a_guest_page_is_not_for_search_engines() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let page = app.visitor().get(&format!("/g/{}", event.code)).await;
    assert_eq!(page.header("x-robots-tag"), "noindex");
}
