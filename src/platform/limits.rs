//! Rate limits, counted in the database so that all instances share them.
//!
//! A limit counts in fixed windows: the row `(key, window)` holds how often it happened.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};

use super::clock::At;
use super::db::Db;
use super::error::{Error, Result};

/// How often something may happen within a time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Most times within the window.
    pub times: u32,
    /// Length of the window, in milliseconds.
    pub window_ms: i64,
}

mod counts {
    //! The private table of this module.
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "limit_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub window_at: i64,
        pub times: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Counts one occurrence of `key`.
///
/// Errors: `TooMany` when the limit was reached before; the occurrence is counted all the same.
pub async fn count(db: &Db, key: &str, limit: Limit, now: At) -> Result<()> {
    let window = now.ms().div_euclid(limit.window_ms) * limit.window_ms;
    let times = db
        .write(async |tx| {
            add(tx, key, window).await?;
            Ok(times(tx, key, window).await?)
        })
        .await?;
    if times > i64::from(limit.times) {
        Err(too_many(window, limit, now))
    } else {
        Ok(())
    }
}

/// Whether `key` may happen once more, without counting it.
///
/// Errors: `TooMany` when the limit is reached.
pub async fn check(db: &Db, key: &str, limit: Limit, now: At) -> Result<()> {
    let window = now.ms().div_euclid(limit.window_ms) * limit.window_ms;
    if times(db.read(), key, window).await? >= i64::from(limit.times) {
        return Err(too_many(window, limit, now));
    }
    Ok(())
}

/// Lets `key` begin anew, because what was counted turned out well.
pub async fn clear(db: &Db, key: &str) -> Result<()> {
    db.write(async |tx| {
        counts::Entity::delete_by_id(key).exec(tx).await?;
        Ok(())
    })
    .await
}

/// Forgets windows that began before `before`.
pub async fn forget(db: &Db, before: At) -> Result<u64> {
    db.write(async |tx| {
        let done = counts::Entity::delete_many()
            .filter(counts::Column::WindowAt.lt(before.ms()))
            .exec(tx)
            .await?;
        Ok(done.rows_affected)
    })
    .await
}

fn too_many(window: i64, limit: Limit, now: At) -> Error {
    let left_ms = (window + limit.window_ms - now.ms()).max(0);
    Error::TooMany {
        retry_after_s: left_ms.unsigned_abs().div_ceil(1000).max(1),
    }
}

async fn add(db: &impl ConnectionTrait, key: &str, window: i64) -> Result<(), DbErr> {
    let row = counts::ActiveModel {
        key: Set(key.to_owned()),
        window_at: Set(window),
        times: Set(1),
    };
    let same_window = Expr::col((counts::Entity, counts::Column::WindowAt)).eq(window);
    let one_more = Expr::col((counts::Entity, counts::Column::Times)).add(1);
    counts::Entity::insert(row)
        .on_conflict(
            OnConflict::column(counts::Column::Key)
                .value(
                    counts::Column::Times,
                    sea_orm::sea_query::CaseStatement::new()
                        .case(same_window, one_more)
                        .finally(1),
                )
                .value(counts::Column::WindowAt, window)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

async fn times(db: &impl ConnectionTrait, key: &str, window: i64) -> Result<i64, DbErr> {
    let row = counts::Entity::find_by_id(key).one(db).await?;
    Ok(row
        .filter(|row| row.window_at == window)
        .map_or(0, |row| row.times))
}
