//! All SQL of media, save [`visible_to`](super::visible_to).

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _, Select};

use crate::platform::clock::At;
use crate::platform::db::{Tx, dialect};
use crate::platform::error::{Error, Result};
use crate::tables::items::{ActiveModel, Column, Entity, ItemState};
use crate::tables::{EventId, GuestId, ItemId, guests, submissions};

use super::Item;

/// Adds an item unless its event has the same content; says whether it did. Waits for another transaction
/// that is adding the same.
pub(super) async fn insert(tx: &Tx, row: ActiveModel) -> Result<bool> {
    let unless_there = OnConflict::columns([Column::EventId, Column::Sha256])
        .do_nothing()
        .to_owned();
    let added = Entity::insert(row)
        .on_conflict(unless_there)
        .exec_without_returning(tx)
        .await?;
    Ok(added == 1)
}

pub(super) async fn by_content(tx: &Tx, event: EventId, sha256: &[u8; 32]) -> Result<Option<Item>> {
    let find = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::Sha256.eq(sha256.to_vec()));
    Ok(find.one(tx).await?)
}

/// The item of this row, erased or not. Errors: `NotFound`.
pub async fn by_id(db: &impl ConnectionTrait, id: ItemId) -> Result<Item> {
    find(db, id).await?.ok_or(Error::NotFound)
}

pub(super) async fn find(db: &impl ConnectionTrait, id: ItemId) -> Result<Option<Item>> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn by_public_id(
    db: &impl ConnectionTrait,
    public_id: &str,
) -> Result<Option<Item>> {
    Ok(Entity::find()
        .filter(Column::PublicId.eq(public_id))
        .one(db)
        .await?)
}

/// Whether `visible` holds this item.
pub(super) async fn contains(
    db: &impl ConnectionTrait,
    visible: Select<Entity>,
    id: ItemId,
) -> Result<bool> {
    let find = visible
        .filter(Column::Id.eq(id))
        .select_only()
        .column(Column::Id)
        .into_tuple::<ItemId>();
    Ok(find.one(db).await?.is_some())
}

/// The item, locked until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: ItemId) -> Result<Option<Item>> {
    Ok(locked(tx, Entity::find_by_id(id)).one(tx).await?)
}

/// Items of an event by public ids, oldest row first, locked until the transaction ends.
pub(super) async fn lock_many(tx: &Tx, event: EventId, public_ids: &[String]) -> Result<Vec<Item>> {
    let find = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::PublicId.is_in(public_ids))
        .filter(Column::ErasedAt.is_null())
        .order_by_asc(Column::Id);
    Ok(locked(tx, find).all(tx).await?)
}

fn locked(tx: &Tx, find: Select<Entity>) -> Select<Entity> {
    match dialect::for_update(tx.get_database_backend()) {
        Some(lock) => find.lock(lock),
        None => find,
    }
}

/// Remembers that somebody gave an item; says whether that is news. Giving again what one took back is.
pub(super) async fn submit(
    tx: &Tx,
    item: &Item,
    guest: Option<GuestId>,
    file_name: &str,
    now: At,
) -> Result<bool> {
    use submissions::Column as Given;
    let by = match guest {
        Some(guest) => Given::GuestId.eq(guest),
        None => Given::GuestId.is_null(),
    };
    let before = submissions::Entity::find()
        .filter(Given::ItemId.eq(item.id))
        .filter(by)
        .one(tx)
        .await?;
    match before {
        Some(row) if row.removed_at.is_none() => Ok(false),
        Some(row) => {
            let again = submissions::ActiveModel {
                removed_at: Set(None),
                ..row.into_active_model()
            };
            again.update(tx).await?;
            Ok(true)
        }
        None => {
            let row = submissions::ActiveModel {
                id: NotSet,
                event_id: Set(item.event_id),
                item_id: Set(item.id),
                guest_id: Set(guest),
                file_name: Set(file_name.to_owned()),
                created_at: Set(now),
                removed_at: Set(None),
            };
            submissions::Entity::insert(row)
                .exec_without_returning(tx)
                .await?;
            Ok(true)
        }
    }
}

/// Counts one more file of a guest and returns how many they gave so far.
pub(super) async fn count_submission(tx: &Tx, guest: GuestId) -> Result<i64> {
    use guests::Column as Of;
    guests::Entity::update_many()
        .col_expr(Of::Submissions, Expr::col(Of::Submissions).add(1))
        .filter(Of::Id.eq(guest))
        .exec(tx)
        .await?;
    let find = guests::Entity::find_by_id(guest)
        .select_only()
        .column(Of::Submissions)
        .into_tuple::<i64>();
    find.one(tx).await?.ok_or(Error::NotFound)
}

/// Moves items into the trash (`Some`) or out of it.
pub(super) async fn set_trashed(
    tx: &Tx,
    ids: &[ItemId],
    at: Option<At>,
    revision: i64,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::TrashedAt, Expr::value(at))
        .col_expr(Column::Revision, Expr::value(revision))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Items with a capture time but no offset, oldest row first, those after `after`.
pub(super) async fn without_offset(
    tx: &Tx,
    event: EventId,
    after: ItemId,
    most: u64,
) -> Result<Vec<Item>> {
    let find = Entity::find()
        .filter(Column::EventId.eq(event))
        .filter(Column::Id.gt(after))
        .filter(Column::TakenLocalMs.is_not_null())
        .filter(Column::TakenOffsetS.is_null())
        .filter(Column::ErasedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(most);
    Ok(find.all(tx).await?)
}

/// Moves an item to another moment.
pub(super) async fn set_moment(tx: &Tx, item: ItemId, moment_ms: i64, revision: i64) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SortAtMs, Expr::value(moment_ms))
        .col_expr(Column::Revision, Expr::value(revision))
        .filter(Column::Id.eq(item))
        .exec(tx)
        .await?;
    Ok(())
}

/// Remembers the job that makes an item ready.
pub(super) async fn set_job(tx: &Tx, item: ItemId, job: i64) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(item));
    update
        .col_expr(Column::JobId, Expr::value(job))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn save(tx: &Tx, row: ActiveModel) -> Result<Item> {
    Ok(row.update(tx).await?)
}

/// Items in the trash since `before` or earlier, at most `most`.
pub(super) async fn trashed_before(
    db: &impl ConnectionTrait,
    before: At,
    most: u64,
) -> Result<Vec<Item>> {
    let find = Entity::find()
        .filter(Column::TrashedAt.lte(before))
        .filter(Column::ErasedAt.is_null())
        .order_by_asc(Column::TrashedAt)
        .limit(most);
    Ok(find.all(db).await?)
}

/// Items that wait for their renditions since `before` or earlier, the oldest first, at most `most`.
pub(super) async fn received_before(
    db: &impl ConnectionTrait,
    before: At,
    most: u64,
) -> Result<Vec<Item>> {
    let find = Entity::find()
        .filter(Column::State.eq(ItemState::Received))
        .filter(Column::ReceivedAt.lte(before))
        .filter(Column::ErasedAt.is_null())
        .order_by_asc(Column::ReceivedAt)
        .limit(most);
    Ok(find.all(db).await?)
}
