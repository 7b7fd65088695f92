//! All SQL of the gallery: a page of it, and what changed.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, Select};

use crate::media::{Item, Viewer, visible_to};
use crate::platform::db::paging::{self, Cursor, Page};
use crate::platform::error::Result;
use crate::tables::ItemId;
use crate::tables::items::{Column, Entity};

use super::filters::Filter;

/// Items of one page.
pub(super) const PAGE: usize = 100;
/// Changed items told at once, or somewhat more.
pub(super) const CHANGES: u64 = 200;

/// A page of what the viewer sees, in the order of capture, the undated last.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer<'_>,
    filter: Filter,
    after: Option<Cursor>,
) -> Result<Page<Item>> {
    let rows = find(viewer, filter, after).all(db).await?;
    Ok(Page::cut(rows, PAGE, |item| Cursor {
        sort: item.sort_at_ms,
        id: item.id.0,
    }))
}

/// The query of a page; each filter has an index that gives its order.
pub(super) fn find(viewer: &Viewer<'_>, filter: Filter, after: Option<Cursor>) -> Select<Entity> {
    let mut find = visible_to(viewer);
    // Written out as the partial indexes have it.
    find = match filter {
        Filter::Trash => find.filter(Column::TrashedAt.is_not_null()),
        _ => find.filter(Column::TrashedAt.is_null()),
    };
    if let Some(kind) = filter.kind() {
        find = find.filter(Column::Kind.eq(kind));
    }
    paging::select(find, (Column::SortAtMs, Column::Id), after, PAGE)
}

/// What changed between two revisions.
#[derive(Debug)]
pub(super) struct Changes {
    /// They are told up to this revision.
    pub revision: i64,
    /// Whether there are more after it.
    pub has_more: bool,
    /// What the filter shows now, in its order.
    pub shown: Vec<Item>,
    /// Public ids of changed items that it does not show (any more).
    pub gone: Vec<String>,
}

/// What changed for the viewer after revision `since` and up to that of the viewer's event, which must have been read
/// before; some [`CHANGES`] items at once.
pub(super) async fn changes(
    db: &impl ConnectionTrait,
    viewer: &Viewer<'_>,
    filter: Filter,
    since: i64,
) -> Result<Changes> {
    let event = viewer.event();
    let changed = || {
        Entity::find()
            .filter(Column::EventId.eq(event.id))
            .filter(Column::Revision.gt(since))
            .filter(Column::Revision.lte(event.revision))
            .select_only()
    };
    // Many items may share a revision (moved together): it is told whole.
    let enough: Option<i64> = changed()
        .column(Column::Revision)
        .order_by_asc(Column::Revision)
        .offset(CHANGES - 1)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let revision = enough.unwrap_or(event.revision);
    let changed: Vec<(ItemId, String)> = changed()
        .filter(Column::Revision.lte(revision))
        .columns([Column::Id, Column::PublicId])
        .into_tuple()
        .all(db)
        .await?;

    let ids = changed.iter().map(|(id, _)| *id);
    let mut shown: Vec<Item> = visible_to(viewer)
        .filter(Column::Id.is_in(ids))
        .all(db)
        .await?;
    shown.retain(|item| filter.shows(item));
    shown.sort_by_key(|item| (item.sort_at_ms, item.id));
    let there: HashSet<ItemId> = shown.iter().map(|item| item.id).collect();
    let gone = changed
        .into_iter()
        .filter(|(id, _)| !there.contains(id))
        .map(|(_, public_id)| public_id);
    Ok(Changes {
        revision,
        has_more: revision < event.revision,
        gone: gone.collect(),
        shown,
    })
}
