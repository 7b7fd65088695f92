//! Figures over the whole installation, from counters wherever there are any.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{JoinType, QueryOrder as _, QuerySelect as _};

use crate::events::Event;
use crate::platform::error::Result;
use crate::tables::{events, users};

/// Sums over all events.
#[derive(Debug, Default, sea_orm::FromQueryResult)]
pub(super) struct Totals {
    pub events: i64,
    pub items: Option<i64>,
    pub stored_bytes: Option<i64>,
}

pub(super) async fn hosts(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(users::Entity::find().count(db).await?)
}

pub(super) async fn totals(db: &impl ConnectionTrait) -> Result<Totals> {
    use events::Column;
    // PostgreSQL sums BIGINT to NUMERIC; the cast brings it back.
    let sum = |expr: sea_orm::sea_query::SimpleExpr| {
        Expr::expr(Func::sum(expr)).cast_as(sea_orm::sea_query::Alias::new("BIGINT"))
    };
    let items = Expr::col(Column::Photos)
        .add(Expr::col(Column::Videos))
        .add(Expr::col(Column::TrashedItems));
    let totals = events::Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "events")
        .column_as(sum(items), "items")
        .column_as(sum(Expr::col(Column::StoredBytes).into()), "stored_bytes")
        .into_model::<Totals>()
        .one(db)
        .await?;
    Ok(totals.unwrap_or_default())
}

/// The newest events with their hosts' mail addresses.
pub(super) async fn newest_events(
    db: &impl ConnectionTrait,
    most: u64,
) -> Result<Vec<(Event, String)>> {
    let owner = events::Entity::belongs_to(users::Entity)
        .from(events::Column::OwnerId)
        .to(users::Column::Id)
        .into();
    let rows = events::Entity::find()
        .join(JoinType::InnerJoin, owner)
        .select_also(users::Entity)
        .order_by_desc(events::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(event, user)| (event, user.map(|user| user.email).unwrap_or_default()))
        .collect())
}
