use bytes::Bytes;

use super::place::{Place, ids};
use super::receiving::jobs;
use crate::media::{Erased, Received, Viewer, erase, erase_files, purge, visible_to};
use crate::platform::clock::DAY_MS;
use crate::tables::keys;

impl Place {
    async fn erase(&self, items: &[&crate::media::Item]) -> usize {
        let (app, ids) = (&self.app, ids(items));
        let done = app
            .db
            .write(async |tx| erase(tx, &app.hub, self.event.id, &ids, app.clock.now()).await)
            .await;
        done.expect("erased")
    }
}

#[tokio::test]
async fn only_what_is_in_the_trash_can_be_erased() {
    let place = Place::new().await;
    let (kept, trashed) = (
        place.give(None, "kept").await.item().clone(),
        place.give(None, "gone").await.item().clone(),
    );
    place.trash(&[&trashed]).await;

    assert_eq!(place.erase(&[&kept, &trashed]).await, 1);

    let event = place.fresh().await;
    assert_eq!(
        (event.photos, event.trashed_items, event.stored_bytes),
        (1, 0, 4)
    );
    let left = visible_to(&Viewer::Host(&event))
        .all(place.app.db.read())
        .await
        .unwrap();
    assert_eq!(
        left.iter().map(|item| item.id).collect::<Vec<_>>(),
        [kept.id]
    );
    assert_eq!(jobs(&place, "erase_files").await, 1);
    assert_eq!(
        (
            place.erase(&[&trashed]).await,
            place.restore(&[&trashed]).await
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn the_files_of_an_erased_item_are_deleted_however_often_one_asks() {
    let place = Place::new().await;
    let item = place.give(None, "cake").await.item().clone();
    let storage = &place.app.storage;
    let (event, original) = (
        &place.event.public_id,
        keys::original(&place.event.public_id, &item.public_id),
    );
    let small = keys::rendition(event, &item.public_id, 400);
    for key in [&original, &small] {
        storage
            .put(key, Bytes::from_static(b"bytes"), "image/jpeg")
            .await
            .unwrap();
    }

    let erased = Erased {
        event: event.clone(),
        item: item.public_id.clone(),
    };
    for _ in 0..2 {
        erase_files(&place.app, &erased).await.expect("deleted");
        assert_eq!(storage.head(&original).await.unwrap(), None);
        assert_eq!(storage.head(&small).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_photo_that_was_erased_can_be_given_anew() {
    let place = Place::new().await;
    let item = place.give(None, "cake").await.item().clone();
    place.trash(&[&item]).await;
    place.erase(&[&item]).await;

    let again = place.give(None, "cake").await;

    assert!(
        matches!(&again, Received::New(new) if new.id != item.id),
        "{again:?}"
    );
    assert_eq!(place.fresh().await.photos, 1);
}

#[tokio::test]
async fn the_trash_is_emptied_after_thirty_days_and_not_before() {
    let place = Place::new().await;
    let old = place.give(None, "old").await.item().clone();
    let young = place.give(None, "young").await.item().clone();
    place.trash(&[&old]).await;
    place.app.clock.advance_ms(DAY_MS);
    place.trash(&[&young]).await;

    place.app.clock.advance_ms(29 * DAY_MS - 1);
    assert_eq!(purge(&place.app).await.unwrap(), 0);
    place.app.clock.advance_ms(1);
    assert_eq!(purge(&place.app).await.unwrap(), 1);

    let left = visible_to(&Viewer::Host(&place.event))
        .all(place.app.db.read())
        .await
        .unwrap();
    assert_eq!(
        left.iter().map(|item| item.id).collect::<Vec<_>>(),
        [young.id]
    );
    assert_eq!(jobs(&place, "erase_files").await, 1);
}
