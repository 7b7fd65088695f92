use crate::events::Details;
use crate::media::tests::place::Place;

impl Place {
    fn guest_path(&self, page: &str) -> String {
        format!("/g/{}/{page}", self.event.code)
    }

    async fn seen_by(visibility: &str) -> Place {
        Place::with(Details {
            visibility: visibility.into(),
            ..Details::default()
        })
        .await
    }
}

const PAGES: [&str; 4] = ["gallery", "items", "changes?since=0", "stream"];

#[tokio::test]
async fn guests_of_a_shared_gallery_see_each_others_photos_and_nothing_of_the_files_behind() {
    let place = Place::open().await;
    let (one, two) = (place.guest().await, place.guest().await);
    let photo = place.photo(Some(&one), 80, 60).await;

    let page = place
        .visit(&two)
        .await
        .get(&place.guest_path("gallery"))
        .await;
    page.is(200)
        .shows("Mara & Jonas")
        .shows("Add photos and videos");
    let html = page.text();
    assert!(html.contains(&photo.public_id) && html.contains("data-src400="));
    assert!(
        !html.contains("original") && !html.contains("cake") && !html.contains("data-trash-url"),
        "{html}"
    );
}

#[tokio::test]
async fn guests_who_see_their_own_see_nobody_elses() {
    let place = Place::seen_by("own").await;
    let (one, two) = (place.guest().await, place.guest().await);
    let photo = place.photo(Some(&one), 80, 60).await;
    for page in ["gallery", "items", "changes?since=0"] {
        let mine = place.visit(&one).await.get(&place.guest_path(page)).await;
        assert!(
            mine.is(200).text().contains("<figure") || mine.text().contains("\\u003cfigure"),
            "{page}"
        );
        let theirs = place.visit(&two).await.get(&place.guest_path(page)).await;
        assert!(
            !theirs
                .is(200)
                .text()
                .contains(&format!("data-id=\\\"{}", photo.public_id))
        );
        assert!(!theirs.text().contains("<figure"), "{page}");
    }
}

#[tokio::test]
async fn guests_who_only_give_find_no_gallery() {
    let place = Place::seen_by("upload_only").await;
    let guest = place.guest().await;
    for page in PAGES {
        place
            .visit(&guest)
            .await
            .get(&place.guest_path(page))
            .await
            .is(404);
    }
}

#[tokio::test]
async fn the_trash_is_not_for_guests() {
    let place = Place::open().await;
    let guest = place.guest().await;
    let photo = place.photo(Some(&guest), 80, 60).await;
    place.trash(&[&photo]).await;
    let browser = place.visit(&guest).await;
    for page in [
        "gallery?filter=trash",
        "items?filter=trash",
        "changes?filter=trash&since=0",
    ] {
        browser.get(&place.guest_path(page)).await.is(404);
    }
    let changes = browser
        .get(&place.guest_path("changes?since=0"))
        .await
        .json();
    assert_eq!(changes["gone"], serde_json::json!([photo.public_id]));
    assert_eq!(changes["counts"], serde_json::json!({}));
}

#[tokio::test]
async fn without_the_password_there_is_no_gallery() {
    let details = Details {
        visibility: "gallery".into(),
        password: "tulip-river-47".into(),
        ..Details::default()
    };
    let place = Place::with(details).await;
    let visitor = place.test.visitor();
    for page in PAGES {
        let asked = visitor
            .ask(http::Method::GET, &place.guest_path(page))
            .as_script()
            .send()
            .await;
        asked.is(403);
        let opened = visitor.get(&place.guest_path(page)).await;
        opened.leads_to(&format!("/g/{}", place.event.code));
    }
    place
        .visit(&place.guest().await)
        .await
        .get(&place.guest_path("gallery"))
        .await
        .is(200);
}
