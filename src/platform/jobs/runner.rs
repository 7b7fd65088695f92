//! Does one job: under its lease, within its time, and whatever the handler does.

use std::time::Duration;

use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

use super::fetch::Start;
use super::outcome::{self, Outcome};
use super::queue::Ticket;
use super::registry::Kind;
use super::worker::Tools;
use super::{Failure, JobContext, Policy, trace};
use crate::platform::clock::SECOND_MS;

/// How often the outcome is offered to a database that does not answer, a second apart; after that the
/// lease runs out and the sweep decides.
const OFFERS: usize = 5;

/// How a run went, before it is written.
enum Went {
    Well,
    Wrong(Failure),
    /// Another run has it now.
    Lost,
}

/// Runs the job and writes how it ended. Never fails: what went wrong stands in the job's row and the log.
pub async fn run<A>(tools: &Tools, app: A, kind: &Kind<A>, start: Start) {
    let began = tools.clock.now();
    let span = tracing::info_span!(
        "job",
        otel.name = kind.name,
        job.id = start.row.id,
        job.kind = kind.name,
        job.attempt = start.row.attempt,
        job.waited_ms = began.ms() - start.row.run_at,
        job.duration_ms = tracing::field::Empty,
    );
    trace::go_on(&span, start.row.trace_parent.as_deref());
    async {
        let went = attempt(tools, app, kind, &start).await;
        let duration_ms = tools.clock.now().ms() - began.ms();
        tracing::Span::current().record("job.duration_ms", duration_ms);
        conclude(tools, &kind.policy, &start, went, duration_ms).await;
    }
    .instrument(span)
    .await;
}

/// A task of its own: its panic is caught, and other jobs go on beside it.
async fn attempt<A>(tools: &Tools, app: A, kind: &Kind<A>, start: &Start) -> Went {
    let context = JobContext {
        job_id: start.row.id,
        attempt: u32::try_from(start.row.attempt).unwrap_or(u32::MAX),
        attempts: kind.policy.attempts,
        lease: start.lease.clone(),
    };
    let work = (kind.handle)(app, context, &start.row.payload);
    let mut task = AbortOnDropHandle::new(tokio::spawn(work.in_current_span()));
    let went = tokio::select! {
        done = &mut task => return match done {
            Ok(Ok(())) => Went::Well,
            Ok(Err(failure)) => Went::Wrong(failure),
            Err(error) => Went::Wrong(Failure::Retry(words_of_panic(error))),
        },
        () = tokio::time::sleep(millis(kind.policy.timeout_ms)) => {
            Went::Wrong(Failure::Retry(format!("took longer than {} ms", kind.policy.timeout_ms)))
        }
        () = lose(tools, start) => Went::Lost,
    };
    // Its last step must be over before anybody else may begin.
    task.abort();
    let _ = task.await;
    went
}

/// Gives signs of life; returns when the job is no longer ours.
async fn lose(tools: &Tools, start: &Start) {
    loop {
        tokio::time::sleep(millis((start.lease.length_ms / 3).max(1))).await;
        match start.lease.renew(&tools.db).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "could not give a sign of life"),
        }
    }
}

async fn conclude(tools: &Tools, policy: &Policy, start: &Start, went: Went, duration_ms: i64) {
    let now = tools.clock.now();
    let attempt = start.row.attempt;
    let outcome = match went {
        Went::Lost => {
            tracing::warn!("another run has taken this job over; its results are dropped");
            return;
        }
        Went::Well => Outcome::Done,
        Went::Wrong(Failure::Retry(words)) if attempt < i64::from(policy.attempts) => {
            Outcome::Again(now.plus_ms(policy.wait_ms(attempt, &tools.rng)), words)
        }
        Went::Wrong(failure) => Outcome::Dead(failure.words().to_owned()),
    };
    match &outcome {
        Outcome::Dead(words) => tracing::error!(words, "gave a job up"),
        Outcome::Again(at, words) => {
            tracing::warn!(words, job.again_in_ms = at.ms() - now.ms(), "a job failed");
        }
        Outcome::Done | Outcome::Released => {
            tracing::info!(job.duration_ms = duration_ms, "did a job");
        }
    }
    offer(tools, start, &outcome).await;
}

async fn offer(tools: &Tools, start: &Start, outcome: &Outcome) {
    let ticket = Ticket {
        job: start.row.id,
        token: start.row.lease_token,
    };
    for _ in 0..OFFERS {
        let now = tools.clock.now();
        let written = tools
            .db
            .write(async |tx| outcome::write(tx, &start.row.kind, ticket, outcome, now).await)
            .await;
        match written {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!("another run has taken this job over meanwhile");
                return;
            }
            Err(error) => {
                tracing::warn!(%error, "could not write how a job ended");
                tokio::time::sleep(millis(SECOND_MS)).await;
            }
        }
    }
}

fn words_of_panic(error: tokio::task::JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else {
        return "it was stopped".to_owned();
    };
    let words = panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!("it panicked: {}", words.unwrap_or_default())
}

/// `ms` milliseconds; nothing when negative.
pub fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}
