use crate::imaging::Kind;
use crate::media::tests::place::Place;
use crate::tables::items::ItemState;
use crate::testing::answer::Answer;

impl Place {
    fn path(&self, page: &str) -> String {
        format!("/events/{}{page}", self.event.public_id)
    }

    async fn changes(&self, filter: &str, since: i64) -> Answer {
        let path = self.path(&format!("/changes?filter={filter}&since={since}"));
        self.host
            .ask(http::Method::GET, &path)
            .as_script()
            .send()
            .await
    }
}

#[tokio::test]
async fn an_empty_gallery_leads_to_sharing() {
    let place = Place::new().await;
    let page = place.host.get(&place.path("")).await;
    page.is(200)
        .shows("Mara & Jonas")
        .shows("No photos yet")
        .shows("Share the event")
        .shows("All 0");
    assert!(
        page.text()
            .contains(&format!("href=\"{}\"", place.path("/share")))
    );
}

#[tokio::test]
async fn a_photo_stands_on_the_page_as_the_element_wants_it() {
    let place = Place::new().await;
    let photo = place.photo(None, 800, 600).await;

    let page = place.host.get(&place.path("")).await;
    let html = page.is(200).text();

    let figure =
        &html[html.find("<figure").expect("a figure")..html.find("</figure>").expect("its end")];
    for part in [
        format!("data-id=\"{}\"", photo.public_id),
        "data-kind=\"photo\" data-state=\"ready\" data-w=\"800\" data-h=\"600\"".to_owned(),
        format!("data-thumbhash=\"{}\"", photo.thumbhash.as_deref().unwrap()),
        "data-name=\"cake é.jpg\"".to_owned(),
        format!("data-src400=\"{}\"", place.link(&photo, "400").await),
        format!(" data-src960=\"{}\"", place.link(&photo, "960").await),
        format!(" data-src1920=\"{}\"", place.link(&photo, "1920").await),
        format!(
            " data-original=\"{}\"",
            place.link(&photo, "original").await
        ),
        format!("<a href=\"{}\">", place.link(&photo, "1920").await),
        "width=\"400\" height=\"300\" alt=\"Photo\" loading=\"lazy\"".to_owned(),
    ] {
        assert!(figure.contains(&part), "{part} is not in {figure}");
    }
    assert!(html.contains(&format!(
        "data-revision=\"{}\"",
        place.fresh().await.revision
    )));
    page.shows("All 1")
        .shows("Photos 1")
        .shows("Videos 0")
        .shows("Trash 0");
}

#[tokio::test]
async fn what_is_not_ready_or_failed_has_its_tile_and_its_original() {
    let place = Place::new().await;
    let broken = place.give(None, "<b>broken</b>").await.item().clone();
    place.test.work().await;
    assert_eq!(place.now(&broken).await.state, ItemState::Failed);
    let video = place
        .give_kind(None, "dance", Kind::Mp4)
        .await
        .item()
        .clone();

    let html = place.host.get(&place.path("")).await.text();
    assert!(html.contains("data-state=\"failed\"") && html.contains("data-failure=\"This file"));
    assert!(html.contains("data-state=\"received\"") && html.contains("data-kind=\"video\""));
    assert!(!html.contains("<img"));
    assert!(html.contains(&place.link(&video, "original").await));
}

#[tokio::test]
async fn times_are_those_of_the_event() {
    use crate::imaging::tests::fixtures;
    let place = Place::new().await;
    let exif = fixtures::exif(1, Some(("2026:07:18 22:30:00", "+00:00")));
    let jpeg = fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(80, 60), 80), &exif);
    crate::media::tests::place::give(&place.app, &place.event, None, &jpeg, Kind::Jpeg).await;
    place.test.work().await;

    let html = place.host.get(&place.path("")).await.text();
    // Berlin is two hours ahead: half past midnight on the next day.
    assert!(
        html.contains("data-taken=\"2026-07-19T00:30:00\" data-day=\"2026-07-19\""),
        "{html}"
    );
    assert!(html.contains("alt=\"Photo, 00:30\""));
}

#[tokio::test]
async fn pages_lead_to_the_next_by_keyset() {
    let place = Place::new().await;
    for n in 0..101 {
        place.give(None, &format!("photo {n}")).await;
    }
    let page = place.host.get(&place.path("?filter=photos")).await.text();
    assert_eq!(page.matches("<figure").count(), 100);
    let next = page
        .split("<a rel=\"next\" class=\"more\" href=\"")
        .nth(1)
        .expect("a way on");
    let next = next
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    assert!(
        next.starts_with(&place.path("/items?filter=photos&after=")),
        "{next}"
    );

    let rest = place.host.get(&next).await;
    assert_eq!(rest.is(200).text().matches("<figure").count(), 1);
    assert!(!rest.text().contains("rel=\"next\"") && !rest.text().contains("<html"));
    place
        .host
        .get(&place.path("/items?after=nonsense"))
        .await
        .is(404);
}

#[tokio::test]
async fn what_is_moved_to_the_trash_is_gone_from_the_gallery_and_can_come_back() {
    let place = Place::new().await;
    let (one, two) = (
        place.photo(None, 80, 60).await,
        place.photo(None, 60, 80).await,
    );
    let since = place.fresh().await.revision;

    let ids = [
        ("items", one.public_id.as_str()),
        ("items", two.public_id.as_str()),
    ];
    place
        .host
        .post(&place.path("/trash"), &ids)
        .await
        .leads_to(&place.path(""));

    let told = place.changes("all", since).await;
    let json = told.is(200).json();
    assert_eq!(json["gone"].as_array().unwrap().len(), 2);
    assert_eq!(
        (json["html"].as_str(), json["more"].as_bool()),
        (Some(""), Some(false))
    );
    assert_eq!(
        json["counts"],
        serde_json::json!({"all": 0, "photos": 0, "videos": 0, "trash": 2})
    );
    assert_eq!(json["revision"], place.fresh().await.revision);
    let trash = place.changes("trash", since).await.json();
    assert_eq!(
        trash["html"].as_str().unwrap().matches("<figure").count(),
        2
    );
    place
        .host
        .get(&place.path("?filter=trash"))
        .await
        .shows("Trash 2")
        .shows("30 days after it was moved");

    place
        .host
        .post(&place.path("/restore"), &ids[..1])
        .await
        .is(303);
    let back = place
        .changes("all", json["revision"].as_i64().unwrap())
        .await
        .json();
    assert!(back["html"].as_str().unwrap().contains(&one.public_id));
    place
        .host
        .get(&place.path(""))
        .await
        .shows("All 1")
        .shows("Trash 1");
}

#[tokio::test]
async fn the_gallery_of_another_host_does_not_exist() {
    let place = Place::open().await;
    let photo = place.photo(None, 80, 60).await;
    let stranger = place.test.stranger().await;
    for page in ["", "/items", "/changes?since=0", "/stream", "?filter=trash"] {
        stranger.get(&place.path(page)).await.is(404);
    }
    let ids = [("items", photo.public_id.as_str())];
    stranger.post(&place.path("/trash"), &ids).await.is(404);
    stranger.post(&place.path("/restore"), &ids).await.is(404);
    assert_eq!(place.fresh().await.photos, 1);

    let visitor = place.test.visitor();
    assert!(
        visitor
            .get(&place.path(""))
            .await
            .is(303)
            .header("location")
            .starts_with("/sign-in")
    );
    visitor
        .ask(http::Method::POST, &place.path("/trash"))
        .as_script()
        .send()
        .await;
    assert_eq!(place.fresh().await.photos, 1);
}

#[tokio::test]
async fn another_site_cannot_empty_a_gallery() {
    let place = Place::new().await;
    let photo = place.photo(None, 80, 60).await;
    let form = format!("items={}", photo.public_id);
    let sent = place
        .host
        .ask(http::Method::POST, &place.path("/trash"))
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    sent.send().await.is(403);
    assert_eq!(place.fresh().await.photos, 1);
}
