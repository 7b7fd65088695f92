//! The tables of apalis-sql, made under our migration lock and shown with our own migrations.
//!
//! Its migrator keeps its own record in `_sqlx_migrations`. `SqliteStorage::setup` is not used: it would
//! weaken `synchronous` on the writer.

use apalis_sql::postgres::PostgresStorage;
use apalis_sql::sqlite::SqliteStorage;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};
use sqlx::migrate::Migrator;

use crate::platform::db::{Db, Step};
use crate::platform::error::{Error, Result};

/// Applies what is missing. Returns how many steps were applied.
pub async fn apply(db: &Db) -> Result<usize> {
    let missing = status(db).await?;
    let missing = missing.iter().filter(|step| !step.is_applied).count();
    let migrator = migrator(db.backend());
    let done = match db.backend() {
        DatabaseBackend::Postgres => {
            migrator
                .run(db.writer().get_postgres_connection_pool())
                .await
        }
        _ => migrator.run(db.writer().get_sqlite_connection_pool()).await,
    };
    done.map_err(Error::internal)?;
    Ok(missing)
}

/// Every step, oldest first.
pub async fn status(db: &Db) -> Result<Vec<Step>> {
    let applied = applied(db).await?;
    let steps = migrator(db.backend());
    Ok(steps
        .iter()
        .map(|step| Step {
            name: name(step),
            is_applied: applied.contains(&step.version),
        })
        .collect())
}

/// Every step's name and SQL, oldest first.
pub fn sql(backend: DatabaseBackend) -> Vec<(String, String)> {
    let steps = migrator(backend);
    steps
        .iter()
        .map(|step| (name(step), step.sql.to_string()))
        .collect()
}

fn migrator(backend: DatabaseBackend) -> Migrator {
    match backend {
        DatabaseBackend::Postgres => PostgresStorage::migrations(),
        _ => SqliteStorage::migrations(),
    }
}

fn name(step: &sqlx::migrate::Migration) -> String {
    format!(
        "queue_{}_{}",
        step.version,
        step.description.replace(' ', "_")
    )
}

async fn applied(db: &Db) -> Result<Vec<i64>> {
    let backend = db.backend();
    let exists = match backend {
        DatabaseBackend::Postgres => "SELECT 1 WHERE to_regclass('_sqlx_migrations') IS NOT NULL",
        _ => "SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations'",
    };
    let query = |sql: &str| Statement::from_string(backend, sql);
    if db.writer().query_one(query(exists)).await?.is_none() {
        return Ok(Vec::new());
    }
    let sql = "SELECT version FROM _sqlx_migrations WHERE success";
    let rows = db.writer().query_all(query(sql)).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("", "version"))
        .collect::<Result<_, _>>()?)
}
