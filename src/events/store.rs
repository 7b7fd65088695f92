//! All SQL of events.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use crate::platform::db::{Tx, dialect};
use crate::platform::error::{Error, Result};
use crate::tables::events::{ActiveModel, Column, Entity};
use crate::tables::{EventId, UserId};

use super::Event;

/// The event with this (normalised) code, whatever its state; none in the trash.
pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Event>> {
    let find = Entity::find()
        .filter(Column::Code.eq(code))
        .filter(Column::TrashedAt.is_null());
    Ok(find.one(db).await?)
}

/// The event with this public id.
pub async fn by_public_id(db: &impl ConnectionTrait, public_id: &str) -> Result<Option<Event>> {
    Ok(Entity::find()
        .filter(Column::PublicId.eq(public_id))
        .one(db)
        .await?)
}

/// The event of this row. Errors: `NotFound`.
pub async fn by_id(db: &impl ConnectionTrait, id: EventId) -> Result<Event> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The owner's event with this public id, in the trash or not. Errors: `NotFound`, also when it is another's.
pub async fn owned(db: &impl ConnectionTrait, owner: UserId, public_id: &str) -> Result<Event> {
    let find = Entity::find()
        .filter(Column::PublicId.eq(public_id))
        .filter(Column::OwnerId.eq(owner));
    find.one(db).await?.ok_or(Error::NotFound)
}

/// The owner's events that are not in the trash, newest first.
pub async fn of_owner(db: &impl ConnectionTrait, owner: UserId) -> Result<Vec<Event>> {
    let find = Entity::find()
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::TrashedAt.is_null());
    Ok(find
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await?)
}

/// The owner's events in the trash, the last one first.
pub async fn trashed_of_owner(db: &impl ConnectionTrait, owner: UserId) -> Result<Vec<Event>> {
    let find = Entity::find()
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::TrashedAt.is_not_null());
    Ok(find.order_by_desc(Column::TrashedAt).all(db).await?)
}

pub(super) async fn insert(tx: &Tx, row: ActiveModel) -> Result<Event> {
    Ok(row.insert(tx).await?)
}

/// The row, locked until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: EventId) -> Result<Event> {
    let mut find = Entity::find_by_id(id);
    if let Some(lock) = dialect::for_update(tx.get_database_backend()) {
        find = find.lock(lock);
    }
    find.one(tx).await?.ok_or(Error::NotFound)
}

pub(super) async fn save(tx: &Tx, row: ActiveModel) -> Result<Event> {
    Ok(row.update(tx).await?)
}

/// Adds to counters: `(column, by)`.
pub(super) async fn add(tx: &Tx, id: EventId, changes: &[(Column, i64)]) -> Result<()> {
    let mut update = Entity::update_many().filter(Column::Id.eq(id));
    for (column, by) in changes.iter().filter(|(_, by)| *by != 0) {
        update = update.col_expr(*column, Expr::col(*column).add(*by));
    }
    update = update.col_expr(Column::Revision, Expr::col(Column::Revision).add(1));
    update.exec(tx).await?;
    Ok(())
}

pub(super) async fn revision(tx: &Tx, id: EventId) -> Result<i64> {
    let find = Entity::find_by_id(id)
        .select_only()
        .column(Column::Revision)
        .into_tuple::<i64>();
    find.one(tx).await?.ok_or(Error::NotFound)
}

/// Whether any event, in the trash or not, has this code.
pub(super) async fn is_code_taken(tx: &Tx, code: &str) -> Result<bool> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .one(tx)
        .await?
        .is_some())
}
