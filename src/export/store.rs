//! What an export reads.

use sea_orm::{ColumnTrait as _, ConnectionTrait, QueryFilter as _, QueryOrder as _};

use crate::events::Event;
use crate::media::{self, Item, Viewer};
use crate::platform::error::Result;
use crate::tables::items::Column;

/// Everything the host keeps outside the trash, in capture order.
pub(super) async fn kept(db: &impl ConnectionTrait, event: &Event) -> Result<Vec<Item>> {
    let kept = media::visible_to(&Viewer::Host(event)).filter(Column::TrashedAt.is_null());
    Ok(kept
        .order_by_asc(Column::SortAtMs)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}
