use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, Statement,
};

use super::place::{NOW, Place, give};
use crate::imaging::Kind;
use crate::media::{NewItem, Received, receive};
use crate::tables::items::{Approval, ItemState, UNDATED};
use crate::tables::{guests, items, submissions};

#[tokio::test]
async fn a_finished_upload_is_an_item_that_waits_for_its_renditions() {
    let place = Place::new().await;
    let guest = place.guest().await;

    let received = place.give(Some(&guest), "cake").await;

    let Received::New(item) = received else {
        panic!("{received:?}")
    };
    assert_eq!(
        (item.state, item.approval),
        (ItemState::Received, Approval::Open)
    );
    assert_eq!(
        (item.size_bytes, item.crc32, item.sort_at_ms),
        (4, i64::from(crc32fast::hash(b"cake")), UNDATED)
    );
    let event = place.fresh().await;
    assert_eq!(
        (event.photos, event.videos, event.guests, event.stored_bytes),
        (1, 0, 1, 4)
    );
    assert!(item.revision > place.event.revision && item.revision <= event.revision);
    assert_eq!(jobs(&place, "renditions").await, 1);
}

#[tokio::test]
async fn the_same_file_from_two_guests_is_kept_once_and_given_twice() {
    let place = Place::new().await;
    let (one, two) = (place.guest().await, place.guest().await);

    let first = place.give(Some(&one), "cake").await;
    let second = place.give(Some(&two), "cake").await;
    let again = place.give(Some(&two), "cake").await;

    assert!(matches!(second, Received::Joined(_)) && matches!(again, Received::Joined(_)));
    assert_eq!(first.item().id, second.item().id);
    assert_eq!(given(&place).await, 2);
    let event = place.fresh().await;
    assert_eq!((event.photos, event.guests, event.stored_bytes), (1, 2, 4));
    assert_eq!(jobs(&place, "renditions").await, 1);
}

#[tokio::test]
async fn the_host_may_give_too_and_is_no_guest() {
    let place = Place::new().await;
    place.give(None, "cake").await;
    place.give(None, "cake").await;

    let event = place.fresh().await;
    assert_eq!((event.photos, event.guests, given(&place).await), (1, 0, 1));
}

#[tokio::test]
async fn the_same_file_at_two_events_is_two_items() {
    let place = Place::new().await;
    let elsewhere = place.elsewhere().await;

    place.give(None, "cake").await;
    let other = give(&place.app, &elsewhere, None, b"cake", Kind::Jpeg).await;

    assert!(matches!(other, Received::New(_)));
}

#[tokio::test]
async fn twenty_guests_who_send_the_same_file_at_once_make_one_item() {
    let place = Place::new().await;
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let guest = place.guest().await;
        let (app, event) = (place.app.clone(), place.event.clone());
        sending
            .spawn(async move { give(&app, &event, Some(&guest), b"bouquet", Kind::Jpeg).await });
    }
    let received = sending.join_all().await;

    let new = received
        .iter()
        .filter(|one| matches!(one, Received::New(_)))
        .count();
    assert_eq!((new, given(&place).await), (1, 20));
    let event = place.fresh().await;
    assert_eq!((event.photos, event.guests, event.stored_bytes), (1, 20, 7));
}

#[tokio::test]
async fn an_upload_that_finishes_twice_keeps_its_bytes() {
    let place = Place::new().await;
    let public_id = place.app.rng.public_id();
    let new = NewItem {
        event: &place.event,
        guest: None,
        public_id: &public_id,
        kind: Kind::Mp4,
        sha256: [7; 32],
        crc32: 1,
        size_bytes: 10,
        file_name: "../dance.mp4",
        modified_ms: Some(NOW.ms() - 1000),
    };
    for _ in 0..2 {
        let received = place
            .app
            .db
            .write(async |tx| receive(tx, &place.app.hub, new, NOW).await)
            .await
            .unwrap();
        let Received::New(item) = received else {
            panic!("its bytes would be deleted")
        };
        assert_eq!(
            (item.file_name.as_str(), item.sort_at_ms),
            ("dance.mp4", NOW.ms() - 1000)
        );
    }
    assert_eq!(place.fresh().await.videos, 1);
}

#[tokio::test]
async fn a_file_from_the_future_or_from_1980_does_not_say_when_it_was_taken() {
    let place = Place::new().await;
    for (n, modified_ms) in [315_532_800_000, NOW.ms() + 172_800_000, i64::MIN, i64::MAX]
        .into_iter()
        .enumerate()
    {
        let public_id = place.app.rng.public_id();
        let new = NewItem {
            event: &place.event,
            guest: None,
            public_id: &public_id,
            kind: Kind::Jpeg,
            sha256: [n as u8; 32],
            crc32: 1,
            size_bytes: 10,
            file_name: "a.jpg",
            modified_ms: Some(modified_ms),
        };
        let received = place
            .app
            .db
            .write(async |tx| receive(tx, &place.app.hub, new, NOW).await)
            .await
            .unwrap();
        assert_eq!(received.item().sort_at_ms, UNDATED, "{modified_ms}");
    }
}

#[tokio::test]
async fn what_is_in_the_trash_stays_there_when_it_is_sent_again() {
    let place = Place::new().await;
    let item = place.give(None, "cake").await.item().clone();
    place.trash(&[&item]).await;

    let again = place.give(Some(&place.guest().await), "cake").await;

    assert!(
        matches!(&again, Received::Joined(joined) if joined.trashed_at.is_some()),
        "{again:?}"
    );
    let event = place.fresh().await;
    assert_eq!((event.photos, event.trashed_items), (0, 1));
}

#[tokio::test]
async fn screens_hear_of_it_once_it_is_there() {
    let place = Place::new().await;
    let mut news = place.app.hub.listen();

    place.give(None, "cake").await;
    let heard = news.recv().await.expect("news");
    place.give(None, "cake").await;

    assert_eq!(heard.topic, format!("event:{}", place.event.id));
    assert_eq!(
        heard.revision,
        place.app_revision_after_first(heard.revision).await
    );
    assert!(
        news.try_recv().is_err(),
        "the same host giving the same file again is no news"
    );
}

#[tokio::test]
async fn a_guest_is_counted_by_what_they_gave() {
    let place = Place::new().await;
    let guest = place.guest().await;
    place.give(Some(&guest), "one").await;
    place.give(Some(&guest), "two").await;
    place.give(Some(&guest), "two").await;

    let row = guests::Entity::find_by_id(guest.id)
        .one(place.app.db.read())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.submissions, place.fresh().await.guests), (2, 1));
}

impl Place {
    async fn app_revision_after_first(&self, at_least: i64) -> i64 {
        let newest = items::Entity::find()
            .all(self.app.db.read())
            .await
            .unwrap()
            .remove(0)
            .revision;
        assert!(newest <= at_least);
        at_least
    }
}

async fn given(place: &Place) -> u64 {
    let find = submissions::Entity::find().filter(submissions::Column::EventId.eq(place.event.id));
    find.count(place.app.db.read()).await.unwrap()
}

/// Jobs of a kind that wait.
pub(super) async fn jobs(place: &Place, kind: &str) -> i64 {
    let db = place.app.db.read();
    let sql = format!("SELECT COUNT(*) AS n FROM job_states WHERE kind = '{kind}'");
    let row = db
        .query_one(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "n").unwrap()
}
