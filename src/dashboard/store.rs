//! What the dashboard reads across features.

use sea_orm::ColumnTrait as _;
use sea_orm::{ConnectionTrait, QueryFilter as _, QueryOrder as _};

use crate::events::Event;
use crate::media::{self, Item, Viewer};
use crate::platform::error::Result;
use crate::tables::items::{Column, ItemKind, ItemState};

/// The photo an event is shown with: the first one taken that can be shown.
pub(super) async fn cover(db: &impl ConnectionTrait, event: &Event) -> Result<Option<Item>> {
    let photos = media::visible_to(&Viewer::Host(event))
        .filter(Column::TrashedAt.is_null())
        .filter(Column::Kind.eq(ItemKind::Photo))
        .filter(Column::State.eq(ItemState::Ready))
        .order_by_asc(Column::SortAtMs)
        .order_by_asc(Column::Id);
    Ok(photos.one(db).await?)
}
