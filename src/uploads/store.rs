//! All SQL of uploads.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::storage::PartsState;
use crate::tables::uploads::{ActiveModel, Column, Entity, UploadState};
use crate::tables::{EventId, GuestId, ItemId, UploadId};

use super::Upload;

pub(super) async fn insert(tx: &Tx, row: ActiveModel) -> Result<Upload> {
    Ok(row.insert(tx).await?)
}

/// The sender's upload. With `guest`, another guest's is not found; without (a script that keeps no cookies),
/// knowing the unguessable id is enough.
///
/// Errors: `NotFound`.
pub async fn of_sender(
    db: &impl ConnectionTrait,
    event: EventId,
    guest: Option<GuestId>,
    public_id: &str,
) -> Result<Upload> {
    let mut find = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::PublicId.eq(public_id));
    if let Some(guest) = guest {
        find = find.filter(Column::GuestId.eq(guest));
    }
    find.one(db).await?.ok_or(Error::NotFound)
}

/// The row as it is now. Errors: `upload_gone`.
pub(super) async fn again(db: &impl ConnectionTrait, id: UploadId) -> Result<Upload> {
    Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Refusal::UploadGone.into())
}

/// Makes the caller the upload's writer: whoever was it before can record nothing any more.
///
/// Errors: `upload_taken` when another instance did so at the same moment.
pub(super) async fn claim(tx: &Tx, upload: &Upload) -> Result<i64> {
    let writer = upload.writer + 1;
    let claimed = Entity::update_many()
        .filter(Column::Id.eq(upload.id))
        .filter(Column::Writer.eq(upload.writer))
        .col_expr(Column::Writer, writer.into())
        .exec(tx)
        .await?;
    if claimed.rows_affected == 1 {
        Ok(writer)
    } else {
        Err(Refusal::UploadTaken.into())
    }
}

/// Where an upload stands, to be recorded together.
pub(super) struct Progress {
    pub offset_bytes: u64,
    pub parts: PartsState,
    pub sha256_state: Vec<u8>,
    pub crc32_state: i64,
    pub head: Option<Vec<u8>>,
    pub format: Option<String>,
    pub touched_at: At,
    pub expires_at: At,
}

/// Records progress, if `writer` is still the newest. Only then may the offset be told.
///
/// Errors: `upload_taken`.
pub(super) async fn record(tx: &Tx, id: UploadId, writer: i64, progress: Progress) -> Result<()> {
    let offset = i64::try_from(progress.offset_bytes).map_err(Error::internal)?;
    let recorded = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Writer.eq(writer))
        .filter(Column::State.eq(UploadState::Open))
        .col_expr(Column::OffsetBytes, offset.into())
        .col_expr(
            Column::Parts,
            serde_json::to_string(&progress.parts)?.into(),
        )
        .col_expr(Column::Sha256State, progress.sha256_state.into())
        .col_expr(Column::Crc32State, progress.crc32_state.into())
        .col_expr(Column::Head, progress.head.into())
        .col_expr(Column::Format, progress.format.into())
        .col_expr(Column::TouchedAt, progress.touched_at.ms().into())
        .col_expr(Column::ExpiresAt, progress.expires_at.ms().into())
        .exec(tx)
        .await?;
    if recorded.rows_affected == 1 {
        Ok(())
    } else {
        Err(Refusal::UploadTaken.into())
    }
}

/// Records that the upload became an item, if `writer` is still the newest.
///
/// Errors: `upload_taken`.
pub(super) async fn finish(
    tx: &Tx,
    upload: &Upload,
    writer: i64,
    item: ItemId,
    duplicate: bool,
) -> Result<()> {
    let finished = Entity::update_many()
        .filter(Column::Id.eq(upload.id))
        .filter(Column::Writer.eq(writer))
        .filter(Column::State.eq(UploadState::Open))
        .col_expr(Column::State, Expr::value(UploadState::Finished))
        .col_expr(Column::OffsetBytes, upload.length_bytes.into())
        .col_expr(Column::ItemId, item.0.into())
        .col_expr(Column::Duplicate, duplicate.into())
        .exec(tx)
        .await?;
    if finished.rows_affected == 1 {
        Ok(())
    } else {
        Err(Refusal::UploadTaken.into())
    }
}

/// Ends an open upload as `state`; its writer can record nothing any more. Returns whether it was open.
pub(super) async fn end(tx: &Tx, id: UploadId, state: UploadState) -> Result<bool> {
    let ended = Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(UploadState::Open))
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Writer, Expr::col(Column::Writer).add(1))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Open uploads that got no byte for too long, the oldest first.
pub(super) async fn expired(db: &impl ConnectionTrait, now: At, most: u64) -> Result<Vec<Upload>> {
    let find = Entity::find()
        .filter(Column::State.eq(UploadState::Open))
        .filter(Column::ExpiresAt.lte(now));
    Ok(find
        .order_by_asc(Column::ExpiresAt)
        .limit(most)
        .all(db)
        .await?)
}

/// The upload whose unfinished bytes carry this public id.
pub(super) async fn by_public_id(
    db: &impl ConnectionTrait,
    public_id: &str,
) -> Result<Option<Upload>> {
    Ok(Entity::find()
        .filter(Column::PublicId.eq(public_id))
        .one(db)
        .await?)
}
