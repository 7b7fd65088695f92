use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait as _, DatabaseBackend,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryTrait as _, Select,
};

use crate::gallery::filters::Filter;
use crate::gallery::store::{self, CHANGES, PAGE};
use crate::media::tests::place::{NOW, Place};
use crate::media::{Item, Viewer};
use crate::platform::db::paging::Cursor;
use crate::platform::secrets::Rng;
use crate::tables::items::{ActiveModel, Column, Entity, ItemKind, ItemState, UNDATED};

/// `count` items whose moments repeat often and are sometimes unknown.
async fn fill(place: &Place, rng: &Rng, count: usize) {
    let pattern = place.give(None, &rng.public_id()).await.item().clone();
    let rows = (0..count).map(|n| {
        let moment = match rng.below(10) {
            0 => UNDATED,
            1 => -1_000,
            moment => NOW.ms() + i64::try_from(moment).unwrap(),
        };
        ActiveModel {
            id: NotSet,
            public_id: Set(rng.public_id()),
            sha256: Set(rng.bytes::<32>().to_vec()),
            kind: Set(if n % 5 == 0 {
                ItemKind::Video
            } else {
                ItemKind::Photo
            }),
            state: Set(ItemState::Ready),
            sort_at_ms: Set(moment),
            trashed_at: Set((n % 7 == 0).then_some(NOW)),
            ..pattern.clone().into_active_model()
        }
    });
    let rows: Vec<ActiveModel> = rows.collect();
    place
        .app
        .db
        .write(async |tx| {
            for some in rows.chunks(50) {
                Entity::insert_many(some.to_vec())
                    .exec_without_returning(tx)
                    .await?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

async fn all(place: &Place, filter: Filter) -> Vec<Item> {
    let mut items = Entity::find()
        .filter(Column::EventId.eq(place.event.id))
        .all(place.app.db.read())
        .await
        .unwrap();
    items.retain(|item| filter.shows(item));
    items.sort_by_key(|item| (item.sort_at_ms, item.id));
    items
}

#[tokio::test]
async fn the_pages_one_after_the_other_are_the_whole_list_in_order() {
    let place = Place::new().await;
    let rng = Rng::seeded(11);
    fill(&place, &rng, 430).await;
    let host = Viewer::Host(&place.event);

    for filter in [Filter::All, Filter::Photos, Filter::Videos, Filter::Trash] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = store::page(place.app.db.read(), &host, filter, after)
                .await
                .unwrap();
            assert!(page.rows.len() <= PAGE);
            seen.extend(page.rows.into_iter().map(|item| item.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = all(&place, filter)
            .await
            .into_iter()
            .map(|item| item.id)
            .collect();
        assert_eq!(seen, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn what_comes_in_meanwhile_neither_repeats_nor_hides_others() {
    let place = Place::new().await;
    let rng = Rng::seeded(12);
    fill(&place, &rng, 250).await;
    let host = Viewer::Host(&place.event);
    let before: Vec<_> = all(&place, Filter::All)
        .await
        .into_iter()
        .map(|item| item.id)
        .collect();

    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store::page(place.app.db.read(), &host, Filter::All, after)
            .await
            .unwrap();
        seen.extend(page.rows.into_iter().map(|item| item.id));
        after = page.next;
        if after.is_none() {
            break;
        }
        fill(&place, &rng, 40).await;
    }

    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "nothing twice");
    assert!(before.iter().all(|id| seen.contains(id)), "nothing missed");
}

#[tokio::test]
async fn changes_are_told_in_parts_that_lose_nothing() {
    let place = Place::new().await;
    let mut items = Vec::new();
    for n in 0..5 {
        items.push(place.give(None, &format!("photo {n}")).await.item().clone());
    }
    let start = place.fresh().await.revision;
    fill(&place, &Rng::seeded(13), 3).await;
    place.trash(&[&items[0], &items[1]]).await;
    place.give(None, "late").await;
    // As if each of many items had changed by itself.
    let many = usize::try_from(CHANGES).unwrap() + 50;
    fill(&place, &Rng::seeded(14), many).await;
    let mut event = place.fresh().await;
    for item in all(&place, Filter::All).await.into_iter().rev().take(many) {
        event.revision += 1;
        let row = ActiveModel {
            revision: Set(event.revision),
            ..item.into_active_model()
        };
        place
            .app
            .db
            .write(async |tx| Ok(row.update(tx).await?))
            .await
            .unwrap();
    }

    let host = Viewer::Host(&event);
    let (mut since, mut told, mut gone) = (start, Vec::new(), Vec::new());
    loop {
        let part = store::changes(place.app.db.read(), &host, Filter::All, since)
            .await
            .unwrap();
        assert!(part.revision > since && part.revision <= event.revision);
        since = part.revision;
        told.extend(part.shown.into_iter().map(|item| item.id));
        gone.extend(part.gone);
        if !part.has_more {
            break;
        }
    }
    assert_eq!(since, event.revision);
    assert!(gone.contains(&items[0].public_id) && gone.contains(&items[1].public_id));
    let late = all(&place, Filter::All)
        .await
        .into_iter()
        .filter(|item| item.revision > start);
    for item in late {
        assert!(told.contains(&item.id), "{item:?}");
    }
    let none = store::changes(place.app.db.read(), &host, Filter::All, since)
        .await
        .unwrap();
    assert!(none.shown.is_empty() && none.gone.is_empty() && !none.has_more);
}

#[tokio::test]
async fn a_page_is_read_from_an_index_in_its_order_however_deep_it_is() {
    let place = Place::open().await;
    fill(&place, &Rng::seeded(15), 200).await;
    let guest = place.guest().await;
    let deep = Some(Cursor {
        sort: NOW.ms() + 4,
        id: 90,
    });
    for viewer in [
        Viewer::Host(&place.event),
        Viewer::Guest(&place.event, &guest),
    ] {
        for (filter, index) in [
            (Filter::All, "ix_items_order"),
            (Filter::Photos, "ix_items_kind_order"),
            (Filter::Videos, "ix_items_kind_order"),
        ] {
            let plan = plan(&place, store::find(&viewer, filter, deep)).await;
            assert!(
                plan.contains(index),
                "{filter:?} does not use {index}:\n{plan}"
            );
            assert!(
                !plan.contains("Sort") && !plan.contains("ORDER BY"),
                "{filter:?} sorts:\n{plan}"
            );
        }
    }
}

/// How the database would answer, were the table too large to be read whole.
async fn plan(place: &Place, find: Select<Entity>) -> String {
    let backend = place.app.db.backend();
    let (explain, column) = match backend {
        DatabaseBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    let mut statement = find.build(backend);
    statement.sql = format!("{explain} {}", statement.sql);
    let read = place.app.db.write(async |tx| {
        if backend == DatabaseBackend::Postgres {
            tx.execute_unprepared(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off",
            )
            .await?;
        }
        Ok(tx.query_all(statement).await?)
    });
    let lines = read
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.try_get::<String>("", column).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}
