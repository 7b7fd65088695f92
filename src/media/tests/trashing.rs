use super::place::{Place, ids};
use crate::imaging::Kind;
use crate::media::{Viewer, trash, visible_to};
use crate::platform::error::Error;

#[tokio::test]
async fn counters_follow_into_the_trash_and_back_at_once() {
    let place = Place::new().await;
    let photo = place.give(None, "cake").await.item().clone();
    let video = place
        .give_kind(None, "dance", Kind::Mp4)
        .await
        .item()
        .clone();

    assert_eq!(place.trash(&[&photo, &video]).await, 2);
    let event = place.fresh().await;
    assert_eq!(
        (
            event.photos,
            event.videos,
            event.trashed_items,
            event.stored_bytes
        ),
        (0, 0, 2, 9)
    );

    assert_eq!(place.trash(&[&photo]).await, 0, "it is there already");
    assert_eq!(place.restore(&[&photo]).await, 1);
    assert_eq!(place.restore(&[&photo]).await, 0, "it is back already");
    let event = place.fresh().await;
    assert_eq!(
        (
            event.photos,
            event.videos,
            event.trashed_items,
            event.stored_bytes
        ),
        (1, 0, 1, 9)
    );
}

#[tokio::test]
async fn screens_learn_what_changed_by_revision() {
    let place = Place::new().await;
    let item = place.give(None, "cake").await.item().clone();
    let before = place.fresh().await.revision;
    let mut news = place.app.hub.listen();

    place.trash(&[&item]).await;

    let heard = news.recv().await.expect("news");
    let host = Viewer::Host(&place.event);
    let trashed = visible_to(&host)
        .one(place.app.db.read())
        .await
        .unwrap()
        .unwrap();
    assert!(before < trashed.revision && trashed.revision <= heard.revision);
    assert_eq!(heard.revision, place.fresh().await.revision);
}

#[tokio::test]
async fn nobody_reaches_into_another_events_trash() {
    let place = Place::new().await;
    let item = place.give(None, "cake").await.item().clone();
    let elsewhere = place.elsewhere().await;

    let app = &place.app;
    let ids = ids(&[&item]);
    let done = app
        .db
        .write(async |tx| trash(tx, &app.hub, &elsewhere, &ids, app.clock.now()).await)
        .await;

    assert_eq!(done.unwrap(), 0);
    assert_eq!(place.fresh().await.photos, 1);
}

#[tokio::test]
async fn more_than_a_thousand_at_once_are_refused_whole() {
    let place = Place::new().await;
    let many: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
    let app = &place.app;
    let done = app
        .db
        .write(async |tx| trash(tx, &app.hub, &place.event, &many, app.clock.now()).await)
        .await;
    assert!(matches!(done, Err(Error::Invalid(_))), "{done:?}");
}

#[tokio::test]
async fn two_hosts_tidying_at_once_count_every_item_once() {
    let place = Place::new().await;
    let mut items = Vec::new();
    for n in 0..12 {
        items.push(place.give(None, &format!("photo {n}")).await.item().clone());
    }
    let mut tidying = tokio::task::JoinSet::new();
    for turn in 0..4 {
        let (app, event) = (place.app.clone(), place.event.clone());
        let mut ids = ids(&items.iter().collect::<Vec<_>>());
        ids.rotate_left(turn * 3);
        tidying.spawn(async move {
            app.db
                .write(async |tx| trash(tx, &app.hub, &event, &ids, app.clock.now()).await)
                .await
                .unwrap()
        });
    }
    assert_eq!(tidying.join_all().await.iter().sum::<usize>(), 12);
    let event = place.fresh().await;
    assert_eq!((event.photos, event.trashed_items), (0, 12));
}
