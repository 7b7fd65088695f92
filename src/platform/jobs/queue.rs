//! apalis's queue: the tables and statuses are those of apalis-sql 0.7.4.
//!
//! Its own pollers are not used: they cannot be woken, they take more than there is room for, a payload
//! they cannot decode ends them, and every boot takes other workers' running rows. What we ask of its
//! tables instead stands here, each question with both arms.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, Value};

use crate::platform::clock::{At, SECOND_MS};
use crate::platform::error::Result;

/// What a row of the queue entitles to: the one run of `job` that begins with `token`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub job: i64,
    pub token: i64,
}

impl Ticket {
    /// The row's id: 20 digits of the job and 6 of the token, which apalis reads as a ULID.
    pub fn id(self) -> String {
        format!("{:020}{:06}", self.job, self.token)
    }

    fn parse(id: &str) -> Option<Ticket> {
        let (job, token) = id.split_at_checked(20)?;
        Some(Ticket {
            job: job.parse().ok()?,
            token: token.parse().ok()?,
        })
    }
}

/// A row taken from the queue.
#[derive(Debug)]
pub struct Taken {
    pub id: String,
    /// `None` when the row is not one of ours.
    pub ticket: Option<Ticket>,
    /// JSON, `{"job": 42}`.
    pub payload: String,
}

/// Puts a row for `ticket` into the queue, or back there. Due from a second before `run_at`, because
/// SQLite's queue counts whole seconds.
pub async fn put(db: &impl ConnectionTrait, kind: &str, ticket: Ticket, run_at: At) -> Result<()> {
    let backend = db.get_database_backend();
    let (table, payload, due) = match backend {
        DatabaseBackend::Postgres => ("apalis.jobs", "CAST($1 AS jsonb)", "to_timestamp($4)"),
        _ => ("Jobs", "$1", "$4"),
    };
    let sql = format!(
        "INSERT INTO {table} (job, id, job_type, status, attempts, max_attempts, run_at, priority)
         VALUES ({payload}, $2, $3, 'Pending', 0, 1, {due}, 0)
         ON CONFLICT (id) DO UPDATE SET status = 'Pending', lock_by = NULL, lock_at = NULL"
    );
    let payload = serde_json::json!({ "job": ticket.job }).to_string();
    let due_s = (run_at.ms() - SECOND_MS).div_euclid(SECOND_MS);
    let due: Value = match backend {
        DatabaseBackend::Postgres => (due_s as f64).into(),
        _ => due_s.into(),
    };
    let values = [payload.into(), ticket.id().into(), kind.into(), due];
    db.execute(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// Takes the next due row of `kind` for `worker` (one that [`register`] made known), if there is any.
pub async fn take(
    db: &impl ConnectionTrait,
    worker: &str,
    kind: &str,
    now: At,
) -> Result<Option<Taken>> {
    let backend = db.get_database_backend();
    let statement = match backend {
        // apalis's own function: FOR UPDATE SKIP LOCKED, by the server's clock.
        DatabaseBackend::Postgres => Statement::from_sql_and_values(
            backend,
            "SELECT id, CAST(job AS text) AS job FROM apalis.get_jobs($1, $2, 1)",
            [worker.into(), kind.into()],
        ),
        _ => Statement::from_sql_and_values(
            backend,
            "UPDATE Jobs SET status = 'Running', lock_by = $1, lock_at = $3
             WHERE id = (SELECT id FROM Jobs WHERE status = 'Pending' AND job_type = $2 AND run_at <= $3
                         ORDER BY priority DESC, run_at, id LIMIT 1)
             RETURNING id, job",
            [worker.into(), kind.into(), now.seconds().into()],
        ),
    };
    let Some(row) = db.query_one(statement).await? else {
        return Ok(None);
    };
    let id: String = row.try_get("", "id")?;
    let payload: String = row.try_get("", "job")?;
    let named = serde_json::from_str::<serde_json::Value>(&payload)
        .ok()
        .and_then(|payload| payload.get("job")?.as_i64());
    let ticket = Ticket::parse(&id).filter(|ticket| Some(ticket.job) == named);
    Ok(Some(Taken {
        id,
        ticket,
        payload,
    }))
}

/// Removes a row, whatever its status.
pub async fn remove(db: &impl ConnectionTrait, id: &str) -> Result<()> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => "DELETE FROM apalis.jobs WHERE id = $1",
        _ => "DELETE FROM Jobs WHERE id = $1",
    };
    db.execute(Statement::from_sql_and_values(backend, sql, [id.into()]))
        .await?;
    Ok(())
}

/// Whether the queue still holds a row for `ticket` that waits to be taken.
pub async fn is_waiting(db: &impl ConnectionTrait, ticket: Ticket) -> Result<bool> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => {
            "SELECT id FROM apalis.jobs WHERE id = $1 AND status = 'Pending'"
        }
        _ => "SELECT id FROM Jobs WHERE id = $1 AND status = 'Pending'",
    };
    let values = [ticket.id().into()];
    let row = db
        .query_one(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(row.is_some())
}

/// Makes `worker` known to apalis: rows that run refer to it. Its name is the instance's and the kind's.
pub async fn register(db: &impl ConnectionTrait, worker: &str, kind: &str, now: At) -> Result<()> {
    let backend = db.get_database_backend();
    let (table, seen, moment): (_, _, Value) = match backend {
        DatabaseBackend::Postgres => (
            "apalis.workers",
            "to_timestamp($3)",
            (now.seconds() as f64).into(),
        ),
        _ => ("Workers", "$3", now.seconds().into()),
    };
    let sql = format!(
        "INSERT INTO {table} (id, worker_type, storage_name, layers, last_seen)
         VALUES ($1, $2, 'epu', '', {seen})
         ON CONFLICT (id) DO UPDATE SET last_seen = EXCLUDED.last_seen"
    );
    let values = [worker.into(), kind.into(), moment];
    db.execute(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_survives_its_row_s_id_and_apalis_reads_it() {
        let ticket = Ticket {
            job: 9_007_199_254_740_993,
            token: 12,
        };
        assert_eq!(Ticket::parse(&ticket.id()), Some(ticket));
        assert!(ticket.id().parse::<apalis::prelude::TaskId>().is_ok());
        assert_eq!(Ticket::parse("01HZX3J9QX5Y8E6W7V4T3S2R1Q"), None);
        assert_eq!(Ticket::parse("é"), None);
    }
}
