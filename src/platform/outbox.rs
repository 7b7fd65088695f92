//! The outbox: what must not be lost between features.
//!
//! Whoever has news that must have an effect (a mail, a count) writes a row in the same transaction as the
//! news itself; consumers, listed in `workers.rs`, take the rows up in order, at least once.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::QueryOrder as _;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::clock::At;
use super::db::{Db, Tx};
use super::error::Result;

mod rows {
    //! The private table of this module.
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub topic: String,
        pub body: String,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One message: `body` is JSON whose shape belongs to `topic`.
#[derive(Clone, Debug)]
pub struct Message {
    /// Grows with time.
    pub id: i64,
    /// What it is about, e.g. `guest.submitted`.
    pub topic: String,
    /// JSON.
    pub body: String,
}

/// Adds a message; it exists if and only if `tx` commits.
pub async fn post(tx: &Tx, topic: &str, body: &impl Serialize, now: At) -> Result<()> {
    let row = rows::ActiveModel {
        id: NotSet,
        topic: Set(topic.to_owned()),
        body: Set(serde_json::to_string(body)?),
        created_at: Set(now.ms()),
    };
    rows::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The oldest messages, at most `most`.
pub async fn waiting(db: &Db, most: u64) -> Result<Vec<Message>> {
    let rows = rows::Entity::find()
        .order_by_asc(rows::Column::Id)
        .limit(most)
        .all(db.read())
        .await?;
    let message = |row: rows::Model| Message {
        id: row.id,
        topic: row.topic,
        body: row.body,
    };
    Ok(rows.into_iter().map(message).collect())
}

/// Takes a message off, in the transaction that has its effect.
///
/// Returns whether it was still there; if not, another instance has had its effect already.
pub async fn take(tx: &Tx, message: &Message) -> Result<bool> {
    let done = rows::Entity::delete_by_id(message.id).exec(tx).await?;
    Ok(done.rows_affected == 1)
}
