//! The database: SQLite (one writer, many readers) or PostgreSQL, behind one schema.

pub mod dialect;
mod migrate;
mod open;
pub mod paging;
mod tx;

pub use migrate::{Step, migrate, status};
pub use open::open;
pub use tx::Tx;

use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseConnection, TransactionTrait as _};
use tokio::sync::watch;

use super::error::Result;

/// Connections to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    commits: watch::Sender<()>,
}

impl Db {
    /// For queries outside a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// SQLite or PostgreSQL.
    pub fn backend(&self) -> DatabaseBackend {
        self.writer.get_database_backend()
    }

    /// The pool that may write: on SQLite its only connection. For the queue, migrations and dialect.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Does `work` in one transaction: all of it, or nothing.
    ///
    /// Screens and workers are told (see [`Tx::after_commit`]) only once it is durable.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let tx = Tx::new(self.writer.begin().await?);
        dialect::take_write_lock(&tx).await?;
        let value = work(&tx).await?;
        let is_awaited = tx.is_awaited();
        tx.commit().await?;
        if is_awaited {
            self.commits.send_replace(());
        }
        Ok(value)
    }

    /// Changes whenever this process committed a transaction that [`Tx::await_commit`].
    pub fn commits(&self) -> watch::Receiver<()> {
        self.commits.subscribe()
    }
}

#[cfg(test)]
pub(crate) mod tests;
