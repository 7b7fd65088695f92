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
pub async fn run<A: Clone>(tools: &Tools, app: A, kind: &Kind<A>, start: Start) {
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
        let went = attempt(tools, app.clone(), kind, &start).await;
        let duration_ms = tools.clock.now().ms() - began.ms();
        tracing::Span::current().record("job.duration_ms", duration_ms);
        if let Some(outcome) = judge(tools, &kind.policy, &start, went) {
            conclude(tools, app, kind, &start, outcome).await;
        }
    }
    .instrument(span)
    .await;
}

/// A task of its own: its panic is caught, and other jobs go on beside it.
async fn attempt<A>(tools: &Tools, app: A, kind: &Kind<A>, start: &Start) -> Went {
    let work = (kind.handle)(app, start.context.clone(), &start.row.payload);
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
        let lease = &start.context.lease;
        tokio::time::sleep(millis((lease.length_ms / 3).max(1))).await;
        match lease.renew(&tools.db).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "could not give a sign of life"),
        }
    }
}

/// How the run ended, if it is for us to say.
fn judge(tools: &Tools, policy: &Policy, start: &Start, went: Went) -> Option<Outcome> {
    let attempt = start.row.attempt;
    match went {
        Went::Well => {
            tracing::info!("did a job");
            Some(Outcome::Done)
        }
        Went::Wrong(Failure::Retry(words)) if attempt < i64::from(policy.attempts) => {
            let wait_ms = policy.wait_ms(attempt, &tools.rng);
            tracing::warn!(words, job.again_in_ms = wait_ms, "a job failed");
            Some(Outcome::Again(tools.clock.now().plus_ms(wait_ms), words))
        }
        Went::Wrong(failure) => {
            tracing::error!(words = failure.words(), "gave a job up");
            Some(Outcome::Dead(failure.words().to_owned()))
        }
        Went::Lost => {
            tracing::warn!("another run has taken this job over; its results are dropped");
            None
        }
    }
}

async fn conclude<A>(tools: &Tools, app: A, kind: &Kind<A>, start: &Start, outcome: Outcome) {
    if let Outcome::Dead(words) = &outcome
        && !is_mourned(app, kind, start.context.clone(), &start.row.payload, words).await
    {
        // The lease runs out, and the sweep begins anew.
        return;
    }
    offer(tools, start, &outcome).await;
}

/// Tells the feature that its job is given up; false when that failed and must be done again.
pub async fn is_mourned<A>(
    app: A,
    kind: &Kind<A>,
    context: JobContext,
    payload: &str,
    words: &str,
) -> bool {
    let Some(mourn) = &kind.mourn else {
        return true;
    };
    let told = AbortOnDropHandle::new(tokio::spawn(
        mourn(app, context, payload, words.to_owned()).in_current_span(),
    ));
    let failure = match told.await {
        Ok(Ok(())) => return true,
        Ok(Err(error)) => error.to_string(),
        Err(error) => words_of_panic(error),
    };
    tracing::error!(failure, "could not tell that a job was given up");
    false
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
