//! Wakes sleeping workers within milliseconds, without asking the queue all the time.
//!
//! It looks what is due after a commit of this process that promised a job. Of other processes
//! PostgreSQL tells by NOTIFY, through the hub. SQLite has no such thing, so its write-ahead log is
//! glanced at: a change of its length or time means that some process committed something. What all of
//! these may miss (a moment that came, a lost message) is found by the look every second at most.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use sea_orm::{ConnectionTrait as _, DatabaseBackend, QueryResult, Statement};
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::runner::millis;
use super::worker::Tools;
use crate::platform::db::{Db, Tx, dialect};
use crate::platform::error::Result;
use crate::platform::hub::{Hub, News};

/// How often SQLite's log is glanced at: one `stat`.
const GLANCE: Duration = Duration::from_millis(80);
/// Between two looks, however many commits there are.
const GAP: Duration = Duration::from_millis(5);

/// Tells workers of `kind` on every instance that `job` waits, once `tx` commits.
pub async fn ring(tx: &Tx, kind: &str, job: i64) -> Result<()> {
    tx.await_commit();
    Hub::tell_all(tx, &topic(kind), job).await
}

fn topic(kind: &str) -> String {
    format!("jobs:{kind}")
}

/// One bell for each kind of job.
#[derive(Clone)]
pub struct Bells(Arc<BTreeMap<&'static str, Notify>>);

impl Bells {
    pub fn new(kinds: impl Iterator<Item = &'static str>) -> Self {
        Bells(Arc::new(kinds.map(|kind| (kind, Notify::new())).collect()))
    }

    /// Returns when `kind` was rung for since the last time.
    pub async fn heard(&self, kind: &str) {
        match self.0.get(kind) {
            Some(bell) => bell.notified().await,
            None => std::future::pending().await,
        }
    }

    fn ring(&self, kind: &str) {
        if let Some(bell) = self.0.get(kind) {
            bell.notify_one();
        }
    }
}

/// Rings the bells until `stop`.
pub async fn watch(tools: Tools, bells: Bells, look_ms: i64, stop: CancellationToken) {
    let mut news = tools.hub.listen();
    let mut commits = tools.db.commits();
    let mut log = Log::of(&tools.db).await;
    while !stop.is_cancelled() {
        let wait_ms = match look(&tools, &bells).await {
            Ok(next_in_ms) => next_in_ms.map_or(look_ms, |ms| ms.clamp(1, look_ms)),
            Err(error) => {
                tracing::warn!(%error, "could not look for jobs");
                look_ms
            }
        };
        tokio::time::sleep(GAP).await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = heard(&mut news, &bells) => {}
            // Ends only with the database, and that with us.
            _ = commits.changed() => {}
            () = log.changed() => {}
            () = tokio::time::sleep(millis(wait_ms)) => {}
        }
    }
}

/// Rings for what is due; returns in how many milliseconds the next job will be.
async fn look(tools: &Tools, bells: &Bells) -> Result<Option<i64>> {
    let now = tools.clock.now().ms();
    let mut next = None;
    for (kind, run_at) in firsts(tools, bells).await? {
        match run_at {
            Some(run_at) if run_at <= now => bells.ring(&kind),
            Some(run_at) => {
                let wait = run_at - now;
                next = Some(next.map_or(wait, |least: i64| least.min(wait)));
            }
            None => {}
        }
    }
    Ok(next)
}

/// The first moment of each kind that waits: one step down an index for each, however many wait.
async fn firsts(tools: &Tools, bells: &Bells) -> Result<Vec<(String, Option<i64>)>> {
    let kinds: Vec<String> = (1..=bells.0.len())
        .map(|place| format!("SELECT ${place} AS kind"))
        .collect();
    let sql = format!(
        "SELECT k.kind, (SELECT MIN(run_at) FROM job_states
                         WHERE state = 'queued' AND job_states.kind = k.kind) AS run_at
         FROM ({}) AS k",
        kinds.join(" UNION ALL ")
    );
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let values = bells.0.keys().map(|kind| (*kind).into());
    let statement = Statement::from_sql_and_values(tools.db.backend(), sql, values);
    let rows = tools.db.read().query_all(statement).await?;
    let first = |row: &QueryResult| Ok((row.try_get("", "kind")?, row.try_get("", "run_at")?));
    rows.iter().map(first).collect()
}

/// Returns at news of jobs, having rung for it.
async fn heard(news: &mut tokio::sync::broadcast::Receiver<News>, bells: &Bells) {
    loop {
        match news.recv().await {
            Ok(news) => {
                if let Some(kind) = news.topic.strip_prefix("jobs:") {
                    return bells.ring(kind);
                }
            }
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// SQLite's write-ahead log, as far as the file system tells.
struct Log {
    path: Option<PathBuf>,
    seen: Option<(u64, SystemTime)>,
    /// A commit in the same tick of the file system's clock as the one seen may hide behind it.
    is_fresh: bool,
}

impl Log {
    async fn of(db: &Db) -> Log {
        let path = match db.backend() {
            DatabaseBackend::Sqlite => dialect::sqlite_path(db).await.ok(),
            _ => None,
        };
        let path = path.map(|path| {
            let mut path = path.into_os_string();
            path.push("-wal");
            PathBuf::from(path)
        });
        let mut log = Log {
            path,
            seen: None,
            is_fresh: false,
        };
        log.seen = log.glance();
        log
    }

    /// Returns when the log has changed; never on PostgreSQL.
    async fn changed(&mut self) {
        if self.path.is_none() {
            return std::future::pending().await;
        }
        loop {
            tokio::time::sleep(GLANCE).await;
            let seen = self.glance();
            let has_changed = seen != self.seen;
            if has_changed || std::mem::take(&mut self.is_fresh) {
                self.seen = seen;
                self.is_fresh = has_changed;
                return;
            }
        }
    }

    fn glance(&self) -> Option<(u64, SystemTime)> {
        let about = std::fs::metadata(self.path.as_ref()?).ok()?;
        Some((about.len(), about.modified().ok()?))
    }
}
