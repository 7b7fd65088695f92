use super::{MARA, credentials, mara_confirmed, mara_signed_up};
use crate::testing::TestApp;

#[tokio::test]
async fn a_host_signs_up_confirms_and_signs_in() {
    let app = TestApp::new().await;
    let mara = app.visitor();
    mara.get("/sign-up").await.is(200).shows("Begin your event");
    mara.post("/sign-up", &MARA).await.leads_to("/sign-up/sent");
    mara.get("/sign-up/sent")
        .await
        .is(200)
        .shows("mara@example.com");

    app.work().await;
    let mail = app.mail_to("mara@example.com").await;
    assert_eq!(mail.subject, "Confirm your address");
    assert!(mail.text.contains("Hello Mara"), "{}", mail.text);
    assert!(
        mail.html
            .contains(&format!("http://epu.example{}", mail.link())),
        "{}",
        mail.html
    );

    mara.get(&mail.link())
        .await
        .is(200)
        .shows("Confirm my address");
    mara.post(&mail.link(), &[])
        .await
        .leads_to("/sign-in?after=confirmed");
    mara.get("/sign-in?after=confirmed")
        .await
        .shows("Your address is confirmed");
    mara.post(
        "/sign-in",
        &credentials("mara@example.com", "lanterns over the hill"),
    )
    .await
    .leads_to("/events");
    mara.get("/account")
        .await
        .is(200)
        .shows("Mara Lind")
        .shows("ML");
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_with_what_was_typed_but_never_the_password() {
    let app = TestApp::new().await;
    let form = [
        ("first_name", "Mara <b>\"'"),
        ("last_name", ""),
        ("email", "mara@example"),
        ("password", "password123"),
    ];
    let answer = app.visitor().post("/sign-up", &form).await;

    answer
        .is(422)
        .shows("3 fields need another look")
        .shows("Please fill this in")
        .shows("This address is not complete")
        .shows("list of the most common ones");
    assert_eq!(answer.value("first_name"), "Mara <b>\"'");
    assert_eq!(answer.value("email"), "mara@example");
    assert!(!answer.text().contains("password123"), "{answer}");
    assert!(!answer.text().contains("Mara <b>"), "{answer}");
    app.work().await;
    assert!(app.mails_to("mara@example").await.is_empty());
}

#[tokio::test]
async fn nobody_can_have_us_write_their_own_words_to_a_stranger() {
    let app = TestApp::new().await;
    let name = ("first_name", "You won! https://evil.example");
    let form = [name, MARA[1], MARA[2], MARA[3]];
    app.visitor().post("/sign-up", &form).await.is(303);
    app.work().await;
    let mail = app.mail_to("mara@example.com").await;
    assert!(mail.text.contains("Hello,"), "{}", mail.text);
    assert!(
        !mail.text.contains("evil") && !mail.html.contains("evil"),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn fields_that_are_missing_or_endless_are_named() {
    let app = TestApp::new().await;
    app.visitor()
        .post("/sign-up", &[])
        .await
        .is(422)
        .shows("4 fields need another look");
    let long = "ä".repeat(81);
    let form = [MARA[1], MARA[2], MARA[3], ("first_name", &*long)];
    app.visitor()
        .post("/sign-up", &form)
        .await
        .is(422)
        .shows("This is too long");
}

#[tokio::test]
async fn signing_up_with_a_known_address_looks_the_same_and_tells_its_owner_by_mail() {
    let app = TestApp::new().await;
    let mara = mara_confirmed(&app).await;
    let other = app.visitor();

    let form = [
        MARA[0],
        MARA[1],
        MARA[2],
        ("password", "another long sentence"),
    ];
    other
        .post("/sign-up", &form)
        .await
        .leads_to("/sign-up/sent");
    other
        .get("/sign-up/sent")
        .await
        .is(200)
        .shows("We sent a link to mara@example.com");
    app.work().await;

    let mail = app.mail_to("mara@example.com").await;
    assert_eq!(mail.subject, "You have an account already");
    other
        .post(
            "/sign-in",
            &credentials("mara@example.com", "another long sentence"),
        )
        .await
        .is(422);
    mara.post("/sign-in", &credentials("mara@example.com", MARA[3].1))
        .await
        .leads_to("/events");
}

#[tokio::test]
async fn who_signed_up_with_somebody_elses_address_cannot_lie_in_wait_there() {
    let app = TestApp::new().await;
    let thief = mara_signed_up(&app).await;
    let first_link = app.mail_to("mara@example.com").await.link();

    let mara = app.visitor();
    let form = [
        MARA[0],
        MARA[1],
        MARA[2],
        ("password", "a sentence of her own"),
    ];
    mara.post("/sign-up", &form).await.leads_to("/sign-up/sent");
    app.work().await;
    mara.get(&first_link).await.is(410);
    let link = app.mail_to("mara@example.com").await.link();
    mara.post(&link, &[("password", "a sentence of her own")])
        .await
        .leads_to("/sign-in?after=password-saved");

    thief
        .post("/sign-in", &credentials("mara@example.com", MARA[3].1))
        .await
        .is(422);
    mara.post(
        "/sign-in",
        &credentials("mara@example.com", "a sentence of her own"),
    )
    .await
    .leads_to("/events");
}

#[tokio::test]
async fn one_address_cannot_make_us_mail_without_end() {
    let app = TestApp::with(&[("EPU_LIMITS__MAILS_PER_HOUR_PER_ADDRESS", "2")]).await;
    let visitor = app.visitor();
    for email in ["a@example.com", "b@example.com"] {
        visitor.post("/forgot", &[("email", email)]).await.is(303);
    }
    let third = visitor.post("/sign-up", &MARA).await;
    third.is(429);
    assert_eq!(third.header("retry-after"), "3600");
}

#[tokio::test]
async fn one_mailbox_is_not_flooded_whoever_asks() {
    let app = TestApp::new().await;
    app.host().await;
    for _ in 0..12 {
        app.visitor()
            .post("/forgot", &[("email", "host@example.com")])
            .await
            .is(303);
    }
    app.work().await;
    assert_eq!(app.mails_to("host@example.com").await.len(), 10);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let app = TestApp::new().await;
    app.visitor()
        .ask(http::Method::POST, "/sign-up")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("first_name=Mara")
        .send()
        .await
        .is(403);
}
