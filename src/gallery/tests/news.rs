use std::time::Duration;

use futures::StreamExt as _;

use crate::events;
use crate::media::tests::place::{Place, guest, visit};
use crate::testing::browser::Browser;

/// Reads a stream of server-sent events one `data:` at a time.
struct Screen(futures::stream::BoxStream<'static, String>);

impl Screen {
    async fn open(browser: &Browser, path: &str) -> Screen {
        let answer = browser
            .ask(http::Method::GET, path)
            .header("accept", "text/event-stream")
            .stream()
            .await;
        assert_eq!(answer.status(), 200);
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/event-stream")
        );
        let bytes = answer.into_body().into_bytes_stream();
        Screen(
            bytes
                .map(|part| String::from_utf8(part.unwrap().to_vec()).unwrap())
                .boxed(),
        )
    }

    /// The next revision, within a second; none when the stream ended.
    async fn next(&mut self) -> Option<i64> {
        let next = async {
            loop {
                let part = self.0.next().await?;
                if let Some(data) = part.lines().find_map(|line| line.strip_prefix("data: ")) {
                    assert!(part.starts_with("event: revision\n"), "{part}");
                    return data.parse().ok();
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(1), next)
            .await
            .expect("within a second")
    }
}

#[tokio::test]
async fn the_host_sees_within_a_second_that_a_photo_came_and_became_ready() {
    let place = Place::new().await;
    let mut screen = Screen::open(
        &place.host,
        &format!("/events/{}/stream", place.event.public_id),
    )
    .await;
    let first = screen.next().await.expect("the revision now");
    assert_eq!(first, place.fresh().await.revision);

    place.give(None, "cake").await;
    let came = screen.next().await.expect("news");
    place.test.work().await;
    let ready = screen.next().await.expect("more news");

    assert!(first < came && came < ready);
    assert_eq!(ready, place.fresh().await.revision);
}

#[tokio::test]
async fn a_screen_hears_nothing_of_other_events() {
    let place = Place::new().await;
    let elsewhere = place.elsewhere().await;
    let mut screen = Screen::open(
        &place.host,
        &format!("/events/{}/stream", place.event.public_id),
    )
    .await;
    screen.next().await;

    let app = &place.app;
    app.db
        .write(async |tx| events::touch_and_tell(tx, &app.hub, elsewhere.id).await)
        .await
        .unwrap();
    place.give(None, "cake").await;

    assert_eq!(screen.next().await, Some(place.fresh().await.revision));
}

#[tokio::test]
async fn a_burst_of_photos_is_told_as_little_news() {
    let place = Place::new().await;
    let mut screen = Screen::open(
        &place.host,
        &format!("/events/{}/stream", place.event.public_id),
    )
    .await;
    screen.next().await;
    for n in 0..30 {
        place.give(None, &format!("photo {n}")).await;
    }
    let last = place.fresh().await.revision;
    let mut told = 0;
    while screen.next().await.expect("news") < last {
        told += 1;
    }
    assert!(told < 15, "{told} times");
}

#[tokio::test]
async fn the_stream_ends_with_the_event() {
    let place = Place::open().await;
    let visitor = guest(&place.app, &place.event).await;
    let browser = visit(&place.test, &place.event, &visitor);
    let mut host = Screen::open(
        &place.host,
        &format!("/events/{}/stream", place.event.public_id),
    )
    .await;
    let mut guest = Screen::open(&browser, &format!("/g/{}/stream", place.event.code)).await;
    host.next().await;
    guest.next().await;

    place
        .host
        .post(&format!("/events/{}/trashing", place.event.public_id), &[])
        .await
        .is(303);

    assert_eq!((host.next().await, guest.next().await), (None, None));
}

#[tokio::test]
async fn strangers_hear_nothing() {
    let place = Place::open().await;
    let stranger = place.test.stranger().await;
    for path in [
        format!("/events/{}/stream", place.event.public_id),
        format!("/events/{}/changes?since=0", place.event.public_id),
    ] {
        stranger.get(&path).await.is(404);
        place
            .test
            .visitor()
            .ask(http::Method::GET, &path)
            .as_script()
            .send()
            .await
            .is(401);
    }
}
