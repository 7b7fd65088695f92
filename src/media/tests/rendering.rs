use bytes::Bytes;

use super::place::{NOW, Place, give};
use crate::imaging::Kind;
use crate::imaging::tests::fixtures;
use crate::media::{Item, sweep};
use crate::platform::clock::{HOUR_MS, MINUTE_MS};
use crate::tables::items::{ItemState, UNDATED};
use crate::tables::keys;

async fn received(place: &Place, content: &[u8], kind: Kind) -> Item {
    give(&place.app, &place.event, None, content, kind)
        .await
        .item()
        .clone()
}

async fn sizes_in_storage(place: &Place, item: &Item) -> Vec<u32> {
    let mut there = Vec::new();
    for size in [400, 960, 1920] {
        let key = keys::rendition(&place.event.public_id, &item.public_id, size);
        if place.app.storage.head(&key).await.unwrap().is_some() {
            there.push(size);
        }
    }
    there
}

#[tokio::test]
async fn a_photo_becomes_ready_with_its_size_its_moment_and_its_renditions() {
    let place = Place::new().await;
    let exif = fixtures::exif(6, Some(("2026:07:18 14:02:11", "+02:00")));
    let jpeg = fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(600, 400), 80), &exif);
    let item = received(&place, &jpeg, Kind::Jpeg).await;
    let mut news = place.app.hub.listen();

    place.test.work().await;

    let ready = place.now(&item).await;
    assert_eq!(ready.state, ItemState::Ready, "{ready:?}");
    assert_eq!(
        (ready.width_px, ready.height_px),
        (Some(400), Some(600)),
        "upright"
    );
    assert_eq!(ready.sort_at_ms, 1_784_376_131_000, "12:02:11 UTC");
    assert_eq!(
        (ready.taken_local_ms, ready.taken_offset_s),
        (Some(1_784_383_331_000), Some(7200))
    );
    assert!(ready.latitude.is_some() && ready.camera.is_some() && ready.thumbhash.is_some());
    assert_eq!(ready.renditions, "400 960 1920");
    assert_eq!(sizes_in_storage(&place, &item).await, [400, 960, 1920]);
    let event = place.fresh().await;
    let heard = loop {
        let news = news.recv().await.expect("news");
        if news.topic == format!("event:{}", event.id) {
            break news.revision;
        }
    };
    assert!(item.revision < ready.revision && ready.revision <= heard && heard == event.revision);
}

#[tokio::test]
async fn a_photo_without_a_date_stands_last() {
    let place = Place::new().await;
    let jpeg = fixtures::jpeg(&fixtures::corners(64, 64), 80);
    let item = received(&place, &jpeg, Kind::Jpeg).await;
    place.test.work().await;
    assert_eq!(place.now(&item).await.sort_at_ms, UNDATED);
}

#[tokio::test]
async fn a_hostile_file_fails_with_a_reason_and_its_original_can_be_had() {
    let place = Place::new().await;
    let bomb = fixtures::png_declaring(60_000, 60_000);
    let item = received(&place, &bomb, Kind::Png).await;
    let broken = received(&place, b"\xff\xd8\xff\xe0 not a jpeg at all", Kind::Jpeg).await;

    place.test.work().await;

    let (item, broken) = (place.now(&item).await, place.now(&broken).await);
    assert_eq!(
        (item.state, item.failure.as_deref()),
        (ItemState::Failed, Some("too_many_pixels"))
    );
    assert_eq!(broken.state, ItemState::Failed);
    assert!(broken.failure.is_some());
    let original = place.host.get(&place.link(&item, "original").await).await;
    assert_eq!(original.is(200).bytes, Bytes::from(bomb));
    place
        .host
        .get(&place.link(&item, "400").await)
        .await
        .is(404);
}

#[tokio::test]
async fn storage_that_fails_for_a_while_is_asked_again() {
    let place = Place::new().await;
    let jpeg = fixtures::jpeg(&fixtures::corners(64, 64), 80);
    let item = received(&place, &jpeg, Kind::Jpeg).await;
    let key = keys::original(&place.event.public_id, &item.public_id);
    // A file where the folder should be: reading fails, and not as "missing".
    let folder = place
        .app
        .config
        .data_dir
        .join("files")
        .join(key.rsplit_once('/').unwrap().0);
    let aside = folder.with_extension("aside");
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, b"in the way").unwrap();

    place.test.work().await;
    assert_eq!(place.now(&item).await.state, ItemState::Received);

    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    place.test.later(HOUR_MS);
    place.test.work().await;
    assert_eq!(place.now(&item).await.state, ItemState::Ready);
}

#[tokio::test]
async fn an_original_that_vanished_is_shown_as_failed() {
    let place = Place::new().await;
    let item = received(&place, b"cake", Kind::Jpeg).await;
    place
        .app
        .storage
        .delete(&keys::original(&place.event.public_id, &item.public_id))
        .await
        .unwrap();

    for _ in 0..10 {
        place.test.work().await;
        place.test.later(HOUR_MS);
    }

    let item = place.now(&item).await;
    assert_eq!(
        (item.state, item.failure.as_deref()),
        (ItemState::Failed, Some("given_up"))
    );
}

#[tokio::test]
async fn an_item_that_lost_its_job_is_found_and_one_that_waits_is_left() {
    let place = Place::new().await;
    let jpeg = fixtures::jpeg(&fixtures::corners(64, 64), 80);
    let lost = received(&place, &jpeg, Kind::Jpeg).await;
    let waits = received(
        &place,
        &fixtures::jpeg(&fixtures::corners(64, 32), 80),
        Kind::Jpeg,
    )
    .await;
    place
        .app
        .db
        .write(async |tx| {
            use sea_orm::ConnectionTrait as _;
            let sql = format!(
                "DELETE FROM job_states WHERE id = {}",
                place.now(&lost).await.job_id.unwrap()
            );
            Ok(tx.execute_unprepared(&sql).await?)
        })
        .await
        .unwrap();

    assert_eq!(sweep(&place.app).await.unwrap(), 0, "too soon to ask");
    place.test.later(11 * MINUTE_MS);
    let job = place.now(&waits).await.job_id;
    assert_eq!(sweep(&place.app).await.unwrap(), 1);
    assert_eq!(sweep(&place.app).await.unwrap(), 0, "it has a job again");
    assert_eq!(place.now(&waits).await.job_id, job);

    place.test.work().await;
    assert_eq!(place.now(&lost).await.state, ItemState::Ready);
    assert_eq!(place.now(&waits).await.state, ItemState::Ready);
}

#[tokio::test]
async fn what_is_erased_while_its_renditions_are_made_leaves_nothing_behind() {
    let place = Place::new().await;
    let jpeg = fixtures::jpeg(&fixtures::corners(64, 64), 80);
    let item = received(&place, &jpeg, Kind::Jpeg).await;
    place.trash(&[&item]).await;
    let ids = super::place::ids(&[&item]);
    let app = &place.app;
    app.db
        .write(async |tx| crate::media::erase(tx, &app.hub, place.event.id, &ids, NOW).await)
        .await
        .unwrap();

    place.test.work().await;

    assert_eq!(sizes_in_storage(&place, &item).await, [0; 0]);
    let key = keys::original(&place.event.public_id, &item.public_id);
    assert_eq!(app.storage.head(&key).await.unwrap(), None);
}

#[tokio::test]
async fn another_zone_moves_photos_whose_cameras_named_none() {
    let place = Place::new().await;
    let taken = |offset| {
        let exif = fixtures::exif(1, Some(("2026:07:18 14:02:11", offset)));
        fixtures::with_exif(&fixtures::jpeg(&fixtures::corners(64, 64), 80), &exif)
    };
    let vague = received(&place, &taken(""), Kind::Jpeg).await;
    let exact = received(&place, &taken("+02:00"), Kind::Jpeg).await;
    place.test.work().await;
    let (vague, exact) = (place.now(&vague).await, place.now(&exact).await);
    assert_eq!(
        (vague.sort_at_ms, vague.taken_offset_s),
        (exact.sort_at_ms, None),
        "Berlin in summer"
    );
    let before = place.fresh().await.revision;

    let form = [
        ("name", "Mara & Jonas"),
        ("kind", "wedding"),
        ("date", "2026-07-18"),
        ("zone", "America/New_York"),
        ("visibility", "own"),
        ("moderation", "off"),
    ];
    let settings = format!("/events/{}", place.event.public_id);
    place.host.post(&settings, &form).await.is(303);
    place.test.work().await;

    assert_eq!(place.now(&exact).await, exact);
    let moved = place.now(&vague).await;
    assert_eq!(moved.sort_at_ms, vague.sort_at_ms + 6 * HOUR_MS);
    assert!(moved.revision > before);
}
