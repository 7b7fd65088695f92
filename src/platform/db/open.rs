//! Opens the database a URL names.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectOptions, Database};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use tokio::sync::watch;

use super::Db;
use crate::platform::error::{Error, Result};

/// How long a query waits for a connection or for SQLite's write lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens `sqlite:PATH` (made when absent) or `postgres://…` with at most `connections` connections.
///
/// SQLite runs in WAL mode with `synchronous=FULL`: what was committed survives a power cut.
pub async fn open(url: &str, connections: u32) -> Result<Db> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        open_sqlite(path, connections).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections.max(2))
            .acquire_timeout(PATIENCE)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Db {
            writer: pool.clone(),
            reader: pool,
            commits: watch::Sender::default(),
        })
    } else {
        Err(Error::internal(format!(
            "database.url must begin with `sqlite:` or `postgres:`, not `{}`",
            url.split(':').next().unwrap_or_default()
        )))
    }
}

async fn open_sqlite(path: &str, connections: u32) -> Result<Db> {
    let path = path.trim_start_matches("//");
    if let Some(folder) = Path::new(path).parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    let writer = Database::connect(sqlite_options(path, 1, false)).await?;
    let reader = Database::connect(sqlite_options(path, connections.max(1), true)).await?;
    Ok(Db {
        writer,
        reader,
        commits: watch::Sender::default(),
    })
}

fn sqlite_options(path: &str, connections: u32, only_reads: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite:{path}?mode=rwc"));
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(PATIENCE)
                .foreign_keys(true)
                .pragma("query_only", if only_reads { "on" } else { "off" })
        });
    options
}
