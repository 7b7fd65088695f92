//! What SQLite and PostgreSQL do differently, each function with both arms.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};

use super::Db;
use crate::platform::error::{Error, Result};

/// Takes SQLite's write lock at the start of a transaction, as `BEGIN IMMEDIATE` would: SeaORM begins
/// deferred, and a reader that becomes a writer late is refused at once when another process wrote
/// meanwhile. A `DELETE` of nothing takes the lock and waits for it. PostgreSQL needs none.
pub async fn take_write_lock(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DatabaseBackend::Sqlite {
        tx.execute_unprepared("DELETE FROM write_lock WHERE 0")
            .await?;
    }
    Ok(())
}

/// Tells other instances on `channel`, once the transaction commits. SQLite has no other instances.
pub async fn notify(tx: &impl ConnectionTrait, channel: &str, text: &str) -> Result<(), DbErr> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let sql = "SELECT pg_notify($1, $2)";
        let values = [channel.into(), text.into()];
        tx.execute(Statement::from_sql_and_values(
            DatabaseBackend::Postgres,
            sql,
            values,
        ))
        .await?;
    }
    Ok(())
}

/// The lock clause for `SELECT … FOR UPDATE`. SQLite's writer holds the whole database already.
pub fn for_update(backend: DatabaseBackend) -> Option<sea_orm::sea_query::LockType> {
    match backend {
        DatabaseBackend::Postgres => Some(sea_orm::sea_query::LockType::Update),
        _ => None,
    }
}

/// Where SQLite keeps the database. Errors on PostgreSQL, which has no file.
pub async fn sqlite_path(db: &Db) -> Result<PathBuf> {
    let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let row = db
        .writer()
        .query_one(Statement::from_string(DatabaseBackend::Sqlite, sql))
        .await?;
    let file: String = row
        .ok_or_else(|| Error::internal("SQLite has no main database"))?
        .try_get("", "file")?;
    Ok(PathBuf::from(file))
}
