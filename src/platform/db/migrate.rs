//! Brings the schema up to date, one process at a time.

use epu_migrations::Migrations;
use sea_orm::DatabaseBackend;
use sea_orm_migration::MigratorTrait;

use super::{Db, dialect};
use crate::platform::error::{Error, Result};
use crate::platform::jobs::schema;

/// PostgreSQL's advisory lock for migrating: "epu" in ASCII.
const LOCK: i64 = 0x65_70_75;

/// One migration and whether it was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Whether the database has it.
    pub is_applied: bool,
}

/// Applies what is missing; waits while another process does so. Returns how many steps were applied.
pub async fn migrate(db: &Db) -> Result<usize> {
    let lock = Lock::take(db).await?;
    let missing = Migrations::get_pending_migrations(db.writer()).await?.len();
    let done = async {
        Migrations::up(db.writer(), None).await?;
        schema::apply(db).await
    };
    let done = done.await;
    lock.release().await?;
    Ok(missing + done?)
}

/// Every step, ours oldest first, then those of the queue's own tables.
pub async fn status(db: &Db) -> Result<Vec<Step>> {
    let ours = Migrations::get_migration_with_status(db.writer()).await?;
    let ours = ours.iter().map(|step| Step {
        name: step.name().to_owned(),
        is_applied: step.status() == sea_orm_migration::MigrationStatus::Applied,
    });
    Ok(ours.chain(schema::status(db).await?).collect())
}

/// What keeps a second process from migrating at the same time: a lock file beside SQLite's file,
/// an advisory lock on a connection of its own in PostgreSQL. Both end with the process.
enum Lock {
    File(std::fs::File),
    Advisory(sqlx::pool::PoolConnection<sqlx::Postgres>),
}

impl Lock {
    async fn take(db: &Db) -> Result<Lock> {
        match db.backend() {
            DatabaseBackend::Postgres => {
                let mut connection = db
                    .writer()
                    .get_postgres_connection_pool()
                    .acquire()
                    .await
                    .map_err(unavailable)?;
                sqlx::query("SELECT pg_advisory_lock($1)")
                    .bind(LOCK)
                    .execute(&mut *connection)
                    .await
                    .map_err(unavailable)?;
                Ok(Lock::Advisory(connection))
            }
            _ => {
                let path = dialect::sqlite_path(db).await?.with_extension("lock");
                let lock =
                    tokio::task::spawn_blocking(move || -> std::io::Result<std::fs::File> {
                        let file = std::fs::OpenOptions::new()
                            .create(true)
                            .append(true)
                            .open(path)?;
                        file.lock()?;
                        Ok(file)
                    });
                Ok(Lock::File(lock.await.map_err(Error::internal)??))
            }
        }
    }

    async fn release(self) -> Result<()> {
        match self {
            Lock::File(file) => file.unlock()?,
            Lock::Advisory(mut connection) => {
                sqlx::query("SELECT pg_advisory_unlock($1)")
                    .bind(LOCK)
                    .execute(&mut *connection)
                    .await
                    .map_err(unavailable)?;
            }
        }
        Ok(())
    }
}

fn unavailable(error: sqlx::Error) -> Error {
    Error::Unavailable(error.to_string())
}
