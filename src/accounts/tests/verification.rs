use super::{MARA, credentials, mara_signed_up};
use crate::platform::clock::{DAY_MS, HOUR_MS};
use crate::testing::TestApp;

#[tokio::test]
async fn looking_at_the_link_confirms_nothing() {
    let app = TestApp::new().await;
    let mara = mara_signed_up(&app).await;
    let link = app.mail_to("mara@example.com").await.link();

    mara.get(&link).await.is(200);
    mara.head(&link).await;
    mara.get(&link).await.is(200).shows("mara@example.com");
    mara.post("/sign-in", &credentials("mara@example.com", MARA[3].1))
        .await
        .is(422)
        .shows("not confirmed yet");
}

#[tokio::test]
async fn a_link_works_once_and_for_a_day() {
    let app = TestApp::new().await;
    let mara = mara_signed_up(&app).await;
    let link = app.mail_to("mara@example.com").await.link();
    app.later(DAY_MS - 1);
    mara.post(&link, &[]).await.is(303);
    mara.post(&link, &[]).await.is(410).shows("used already");
    mara.get(&link).await.is(410);

    let late = TestApp::new().await;
    let mara = mara_signed_up(&late).await;
    let link = late.mail_to("mara@example.com").await.link();
    late.later(DAY_MS);
    mara.get(&link).await.is(410);
    mara.post(&link, &[]).await.is(410);
}

#[tokio::test]
async fn a_wrong_link_leads_nowhere() {
    let app = TestApp::new().await;
    mara_signed_up(&app).await;
    for path in [
        "/verify/nothing",
        "/reset/nothing",
        "/verify/%00",
        "/verify/..%2F",
    ] {
        app.visitor().get(path).await.is(404);
    }
    let verify = app.mail_to("mara@example.com").await.link();
    let as_reset = verify.replace("/verify/", "/reset/");
    app.visitor().get(&as_reset).await.is(404);
}

#[tokio::test]
async fn who_has_the_password_but_lost_the_mail_gets_the_link_again() {
    let app = TestApp::new().await;
    let mara = mara_signed_up(&app).await;
    app.later(DAY_MS);

    let answer = mara
        .post("/sign-in", &credentials("mara@example.com", MARA[3].1))
        .await;
    answer
        .is(422)
        .shows("not confirmed yet")
        .shows("Send the link again");
    let proof = answer.value("proof");
    mara.post("/sign-up/sent", &[("proof", &proof)])
        .await
        .leads_to("/sign-up/sent");
    app.work().await;
    let link = app.mail_to("mara@example.com").await.link();
    mara.post(&link, &[])
        .await
        .leads_to("/sign-in?after=confirmed");

    app.visitor()
        .post("/sign-up/sent", &[("proof", "guessed")])
        .await
        .is(404);
    app.later(HOUR_MS);
    app.visitor()
        .post("/sign-up/sent", &[("proof", &proof)])
        .await
        .is(404);
}
