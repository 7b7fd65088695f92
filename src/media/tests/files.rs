use super::place::{Place, guest, visit};
use crate::events::{self, Details};
use crate::media::{Rendition, link};
use crate::platform::clock::DAY_MS;

#[tokio::test]
async fn the_host_gets_every_file_of_a_photo_to_keep() {
    let place = Place::new().await;
    let photo = place.photo(None, 500, 300).await;

    for (rendition, kind) in [
        ("original", "image/jpeg"),
        ("400", "image/webp"),
        ("960", "image/jpeg"),
        ("1920", "image/jpeg"),
    ] {
        let answer = place.host.get(&place.link(&photo, rendition).await).await;
        answer.is(200);
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(
            answer.header("content-length"),
            answer.bytes.len().to_string()
        );
        assert_eq!(
            answer.header("cache-control"),
            "private, max-age=31536000, immutable"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(
            answer.header("etag").starts_with('"') && answer.header("accept-ranges") == "bytes"
        );
    }
}

#[tokio::test]
async fn an_original_can_do_nothing_and_keeps_its_name() {
    let place = Place::new().await;
    let photo = place.photo(None, 50, 30).await;
    let link = place.link(&photo, "original").await;

    let shown = place.host.get(&link).await;
    assert!(
        shown
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert!(shown.header("content-disposition").starts_with("inline;"));
    let saved = place.host.get(&format!("{link}?download")).await;
    assert_eq!(
        saved.header("content-disposition"),
        "attachment; filename=\"cake _.jpg\"; filename*=UTF-8''cake%20%C3%A9.jpg"
    );
    let small = place
        .host
        .get(&format!("{}?download", place.link(&photo, "400").await))
        .await;
    assert!(
        small
            .header("content-disposition")
            .ends_with("UTF-8''cake%20%C3%A9.webp")
    );
}

#[tokio::test]
async fn files_come_by_ranges_and_only_when_they_are_new() {
    let place = Place::new().await;
    let photo = place.photo(None, 500, 300).await;
    for rendition in ["original", "400"] {
        let link = place.link(&photo, rendition).await;
        let whole = place.host.get(&link).await;
        let size = whole.bytes.len();
        let range = |range: &str| {
            place
                .host
                .ask(http::Method::GET, &link)
                .header("range", range)
        };

        let part = range("bytes=10-19").send().await;
        part.is(206);
        assert_eq!(part.bytes, whole.bytes.slice(10..20));
        assert_eq!(part.header("content-range"), format!("bytes 10-19/{size}"));
        let end = range("bytes=-5").send().await;
        assert_eq!(end.is(206).bytes, whole.bytes.slice(size - 5..));
        let beyond = range("bytes=9999999-").send().await;
        assert_eq!(
            beyond.is(416).header("content-range"),
            format!("bytes */{size}")
        );
        let changed = range("bytes=0-1")
            .header("if-range", "\"other\"")
            .send()
            .await;
        assert_eq!(changed.is(200).bytes.len(), size);

        let etag = whole.header("etag");
        let had = place
            .host
            .ask(http::Method::GET, &link)
            .header("if-none-match", etag)
            .send()
            .await;
        assert!(had.is(304).bytes.is_empty());
        let head = place.host.head(&link).await;
        assert_eq!(head.is(200).header("content-length"), size.to_string());
        assert!(head.bytes.is_empty());
    }
}

#[tokio::test]
async fn a_link_opens_nothing_without_a_right_to_look() {
    let place = Place::open().await;
    let photo = place.photo(None, 50, 30).await;
    let link = place.link(&photo, "400").await;

    place.host.get(&link).await.is(200);
    place.test.admin().await.get(&link).await.is(200);
    place
        .visit(&place.guest().await)
        .await
        .get(&link)
        .await
        .is(200);

    place.test.visitor().get(&link).await.is(404);
    place.test.stranger().await.get(&link).await.is(404);
    let elsewhere = place.elsewhere().await;
    let other_guest = guest(&place.app, &elsewhere).await;
    visit(&place.test, &elsewhere, &other_guest)
        .get(&link)
        .await
        .is(404);
}

#[tokio::test]
async fn guests_get_what_they_may_see_and_never_originals() {
    let place = Place::with(Details {
        visibility: "own".into(),
        ..Details::default()
    })
    .await;
    let (mine, theirs) = (place.guest().await, place.guest().await);
    let photo = place.photo(Some(&mine), 50, 30).await;
    let (me, them) = (place.visit(&mine).await, place.visit(&theirs).await);
    let small = place.link(&photo, "400").await;

    me.get(&small).await.is(200);
    them.get(&small).await.is(404);
    me.get(&place.link(&photo, "original").await).await.is(404);
    let saved = me.get(&format!("{small}?download")).await;
    assert!(
        saved.header("content-disposition").contains("photo.webp"),
        "the file's name is the host's"
    );

    place.trash(&[&photo]).await;
    me.get(&small).await.is(404);
    place.host.get(&small).await.is(200);
}

#[tokio::test]
async fn forged_altered_and_old_links_open_nothing_for_anybody() {
    let place = Place::new().await;
    let photo = place.photo(None, 50, 30).await;
    let good = place.link(&photo, "400").await;

    let (front, _) = good.rsplit_once('/').unwrap();
    for bad in [
        format!("{}A/400", &front[..front.len() - 1]),
        format!("{front}/401"),
        format!("{front}/original/x"),
        "/m/x/400".to_owned(),
        "/m//400".to_owned(),
    ] {
        if bad != good {
            place.host.get(&bad).await.is(404);
        }
    }
    place.test.later(14 * DAY_MS);
    let again = link(
        &place.app,
        &place.event,
        &photo,
        Rendition::parse("400").unwrap(),
        place.app.clock.now(),
    );
    assert_ne!(again, good);
    place.host.get(&good).await.is(404);
    place.host.get(&again).await.is(200);
}

#[tokio::test]
async fn a_changed_password_ends_links_and_passes() {
    let details = Details {
        visibility: "gallery".into(),
        password: "tulip-river-47".into(),
        ..Details::default()
    };
    let place = Place::with(details).await;
    let photo = place.photo(None, 50, 30).await;
    let visitor = place.guest().await;
    let browser = place.visit(&visitor).await;
    let before = place.link(&photo, "400").await;
    browser.get(&before).await.is(200);

    let app = &place.app;
    let mut details = Details::of(&place.event, &app.secrets).unwrap();
    details.password = "other-word-11".into();
    app.db
        .write(async |tx| events::edit(tx, &place.event, &details, &app.rng, &app.secrets).await)
        .await
        .unwrap();

    place.host.get(&before).await.is(404);
    browser.get(&before).await.is(404);
    let after = place.link(&photo, "400").await;
    browser.get(&after).await.is(404);
    place.host.get(&after).await.is(200);
}
