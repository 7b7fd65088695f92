//! All SQL of guests.

use std::collections::HashMap;

use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::tables::guests::{ActiveModel, Column, Entity};
use crate::tables::{EventId, GuestId};

use super::Guest;

/// The guest of this row. Errors: `NotFound`.
pub async fn by_id(db: &impl ConnectionTrait, id: GuestId) -> Result<Guest> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The names these guests gave; those without one are left out.
pub async fn names(db: &impl ConnectionTrait, ids: &[GuestId]) -> Result<HashMap<GuestId, String>> {
    let find = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::Name.ne(""));
    let rows: Vec<(GuestId, String)> = find
        .select_only()
        .columns([Column::Id, Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn by_public_id(
    db: &impl ConnectionTrait,
    event: EventId,
    public_id: &str,
) -> Result<Option<Guest>> {
    let find = Entity::find()
        .filter(Column::PublicId.eq(public_id))
        .filter(Column::EventId.eq(event));
    Ok(find.one(db).await?)
}

pub(super) async fn insert(tx: &Tx, row: ActiveModel) -> Result<Guest> {
    Ok(row.insert(tx).await?)
}

pub(super) async fn rename(tx: &Tx, guest: GuestId, name: &str) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(guest));
    update.col_expr(Column::Name, name.into()).exec(tx).await?;
    Ok(())
}

pub(super) async fn saw(tx: &Tx, guest: GuestId, now: At) -> Result<()> {
    let update = Entity::update_many().filter(Column::Id.eq(guest));
    update
        .col_expr(Column::SeenAt, now.ms().into())
        .exec(tx)
        .await?;
    Ok(())
}
