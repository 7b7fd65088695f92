//! The table of outgoing mail: posted in the caller's transaction, delivered by a job.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

use super::letter::Stamped;
use super::{Letter, Mailer};
use crate::platform::clock::At;
use crate::platform::db::{Db, Tx};
use crate::platform::error::{Error, Result};
use crate::platform::jobs::{self, Failure};

/// The kind of job that delivers; its payload is the row's id.
pub const KIND: &str = "mail";

/// What letters are sealed for, see [`Secrets`](crate::platform::secrets::Secrets).
const PURPOSE: &str = "mail";

mod rows {
    //! The private table of this module.
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "mails")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub message_id: String,
        pub kind: String,
        pub sealed: Vec<u8>,
        /// `waiting`, `sent` or `failed`.
        pub state: String,
        pub last_error: Option<String>,
        pub created_at: i64,
        pub sent_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Why a letter was not handed over. The words name no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// May work another time: no connection, a full mailbox, greylisting.
    Later(String),
    /// Never will: no such mailbox, or nothing that can be sent.
    Never(String),
}

impl From<Unsent> for Failure {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::Later(words) => Failure::Retry(words),
            Unsent::Never(words) => Failure::GiveUp(words),
        }
    }
}

impl Mailer {
    /// Posts a letter: it goes out if and only if `tx` commits. Returns its row.
    pub async fn post(&self, tx: &Tx, letter: &Letter, now: At) -> Result<i64> {
        let message_id = format!("<{}@{}>", self.rng.public_id(), self.domain);
        let plain = serde_json::to_vec(letter)?;
        let row = rows::ActiveModel {
            id: NotSet,
            message_id: Set(message_id),
            kind: Set(letter.kind.clone()),
            sealed: Set(self.secrets.seal(PURPOSE, &plain, &self.rng)),
            state: Set("waiting".to_owned()),
            last_error: Set(None),
            created_at: Set(now.ms()),
            sent_at: Set(None),
        };
        let id = rows::Entity::insert(row).exec(tx).await?.last_insert_id;
        jobs::enqueue(tx, now, KIND, &id).await?;
        Ok(id)
    }

    /// Hands the letter of row `id` over, and notes it. A letter already sent is not sent again.
    ///
    /// Two copies go out only if this process ends between the server's "250" and our note.
    pub async fn deliver(&self, db: &Db, id: i64, now: At) -> Result<(), Failure> {
        let row = rows::Entity::find_by_id(id).one(db.read()).await;
        let Some(row) = row.map_err(Error::from)? else {
            return Err(Failure::GiveUp("the mail is not there any more".into()));
        };
        if row.state == "sent" {
            return Ok(());
        }
        let sent = match self.unseal(row) {
            Some(mail) => self.hand_over(&mail).await,
            None => Err(Unsent::Never("sealed under another secret_key".into())),
        };
        let (state, error, sent_at) = match &sent {
            Ok(()) => ("sent", None, Some(now.ms())),
            Err(Unsent::Later(words)) => ("waiting", Some(words.clone()), None),
            Err(Unsent::Never(words)) => ("failed", Some(words.clone()), None),
        };
        let noted = db.write(async |tx| {
            rows::Entity::update_many()
                .col_expr(rows::Column::State, Expr::value(state))
                .col_expr(rows::Column::LastError, Expr::value(error))
                .col_expr(rows::Column::SentAt, Expr::value(sent_at))
                .filter(rows::Column::Id.eq(id))
                .exec(tx)
                .await?;
            Ok(())
        });
        noted.await?;
        Ok(sent?)
    }

    fn unseal(&self, row: rows::Model) -> Option<Stamped> {
        let plain = self.secrets.open(PURPOSE, &row.sealed)?;
        Some(Stamped {
            id: row.id,
            message_id: row.message_id,
            posted_at: At(row.created_at),
            letter: serde_json::from_slice(&plain).ok()?,
        })
    }
}

/// Forgets letters that were done with before `before`: they hold addresses and links.
pub async fn forget(db: &Db, before: At) -> Result<u64> {
    db.write(async |tx| {
        let done = rows::Entity::delete_many()
            .filter(rows::Column::CreatedAt.lt(before.ms()))
            .filter(rows::Column::State.ne("waiting"))
            .exec(tx)
            .await?;
        Ok(done.rows_affected)
    })
    .await
}

/// State and last error of a mail.
#[cfg(test)]
pub(super) async fn state(db: &Db, id: i64) -> (String, Option<String>) {
    let row = rows::Entity::find_by_id(id).one(db.read()).await;
    let row = row.expect("read").expect("there");
    (row.state, row.last_error)
}

/// What the database keeps of a mail's words.
#[cfg(test)]
pub(super) async fn sealed(db: &Db, id: i64) -> Vec<u8> {
    let row = rows::Entity::find_by_id(id).one(db.read()).await;
    row.expect("read").expect("there").sealed
}
