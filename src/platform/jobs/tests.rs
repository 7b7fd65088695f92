//! By a hand-turned clock, without anything running beside the test.

use std::sync::{Arc, Mutex};

use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};
use serde_json::json;

use super::rows::{self, State};
use super::*;
use crate::platform::clock::{At, Clock, DAY_MS, HOUR_MS, MINUTE_MS};
use crate::platform::db::tests::fresh;
use crate::platform::db::{Db, Tx};
use crate::platform::error::{Error, Result};
use crate::platform::hub::Hub;
use crate::platform::secrets::Rng;
use crate::testing::database::Scratch;
use sea_orm::EntityTrait as _;

/// What the handlers of a test wrote down.
type Notes = Arc<Mutex<Vec<String>>>;

struct Shop {
    db: Db,
    tools: Tools,
    clock: Clock,
    notes: Notes,
    _scratch: Scratch,
}

impl Shop {
    async fn new() -> Shop {
        let (db, scratch) = fresh().await;
        let clock = Clock::by_hand(At(1_750_000_000_000));
        let tools = Tools {
            db: db.clone(),
            hub: Hub::default(),
            clock: clock.clone(),
            rng: Rng::seeded(1),
            instance: "test".to_owned(),
        };
        Shop {
            db,
            tools,
            clock,
            notes: Notes::default(),
            _scratch: scratch,
        }
    }

    fn worker(&self, registry: Registry<Notes>) -> Worker<Notes> {
        Worker::new(registry, self.notes.clone(), self.tools.clone())
    }

    async fn enqueue(&self, kind: &str, payload: &impl serde::Serialize) -> i64 {
        let now = self.clock.now();
        let promise = async |tx: &Tx| enqueue(tx, now, kind, payload).await;
        self.db.write(promise).await.expect("promised")
    }

    async fn row(&self, job: i64) -> rows::Model {
        let row = rows::Entity::find_by_id(job).one(self.db.read()).await;
        row.expect("read").expect("the job's row")
    }

    fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap().clone()
    }

    async fn queue_rows(&self) -> i64 {
        let sql = match self.db.backend() {
            DatabaseBackend::Postgres => "SELECT count(*) AS n FROM apalis.jobs",
            _ => "SELECT count(*) AS n FROM Jobs",
        };
        let statement = Statement::from_string(self.db.backend(), sql);
        let row = self.db.read().query_one(statement).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    }

    async fn empty_the_queue(&self) {
        let sql = match self.db.backend() {
            DatabaseBackend::Postgres => "DELETE FROM apalis.jobs",
            _ => "DELETE FROM Jobs",
        };
        self.db.writer().execute_unprepared(sql).await.unwrap();
    }
}

async fn note(notes: Notes, _: JobContext, words: String) -> Result<(), Failure> {
    notes.lock().unwrap().push(words);
    Ok(())
}

fn noting() -> Registry<Notes> {
    Registry::new().on("note", Policy::default(), note)
}

/// A registry whose only kind always fails.
fn failing(policy: Policy) -> Registry<Notes> {
    Registry::new().on(
        "fail",
        policy,
        async |notes: Notes, context: JobContext, (): ()| {
            let attempt = context.attempt;
            notes.lock().unwrap().push(format!("attempt {attempt}"));
            Err(Failure::Retry("the weather".to_owned()))
        },
    )
}

#[tokio::test]
async fn a_promised_job_is_done_once_and_forgotten_by_the_queue() {
    let shop = Shop::new().await;
    let job = shop.enqueue("note", &"hello").await;
    assert_eq!(shop.queue_rows().await, 1);

    let worker = shop.worker(noting());
    assert_eq!(worker.run_due_now().await.unwrap(), 1);
    assert_eq!(worker.run_due_now().await.unwrap(), 0);

    assert_eq!(shop.notes(), ["hello"]);
    assert_eq!(shop.row(job).await.state, State::Done);
    assert_eq!(shop.queue_rows().await, 0);
}

#[tokio::test]
async fn a_job_promised_in_a_transaction_that_fails_never_was() {
    let shop = Shop::new().await;
    let now = shop.clock.now();
    let promise: Result<()> = shop
        .db
        .write(async |tx| {
            enqueue(tx, now, "note", &"never").await?;
            Err(Error::NotFound)
        })
        .await;

    assert!(promise.is_err());
    assert_eq!(shop.queue_rows().await, 0);
    assert_eq!(shop.worker(noting()).run_due_now().await.unwrap(), 0);
}

#[tokio::test]
async fn a_job_for_later_waits_for_its_moment() {
    let shop = Shop::new().await;
    let now = shop.clock.now();
    let promise = async |tx: &Tx| enqueue_at(tx, now, now.plus_ms(HOUR_MS), "note", &"later").await;
    shop.db.write(promise).await.unwrap();

    let worker = shop.worker(noting());
    assert_eq!(worker.run_due_now().await.unwrap(), 0);
    shop.clock.advance_ms(HOUR_MS);
    assert_eq!(worker.run_due_now().await.unwrap(), 1);
}

#[tokio::test]
async fn a_failed_job_is_tried_again_after_growing_waits_and_then_given_up() {
    let shop = Shop::new().await;
    let policy = Policy {
        attempts: 3,
        backoff_ms: MINUTE_MS,
        ..Policy::default()
    };
    let worker = shop.worker(failing(policy));
    let job = shop.enqueue("fail", &()).await;

    assert_eq!(worker.run_due_now().await.unwrap(), 1);
    shop.clock.advance_ms(MINUTE_MS / 2 - 1);
    assert_eq!(
        worker.run_due_now().await.unwrap(),
        0,
        "not before half the wait"
    );
    shop.clock.advance_ms(MINUTE_MS / 2 + 1);
    assert_eq!(worker.run_due_now().await.unwrap(), 1);
    assert_eq!(shop.row(job).await.state, State::Queued);
    shop.clock.advance_ms(2 * MINUTE_MS);
    assert_eq!(worker.run_due_now().await.unwrap(), 1);

    let row = shop.row(job).await;
    assert_eq!((row.state, row.attempt), (State::Dead, 3));
    assert_eq!(row.last_error.as_deref(), Some("the weather"));
    assert_eq!(shop.queue_rows().await, 0);
    assert_eq!(shop.notes(), ["attempt 1", "attempt 2", "attempt 3"]);
}

#[tokio::test]
async fn a_dead_letter_can_be_given_a_new_life() {
    let shop = Shop::new().await;
    let once = Policy {
        attempts: 1,
        ..Policy::default()
    };
    let job = shop.enqueue("fail", &()).await;
    shop.worker(failing(once)).run_due_now().await.unwrap();
    assert_eq!(counts(&shop.db, shop.clock.now()).await.unwrap().dead, 1);

    let now = shop.clock.now();
    let again = async |tx: &Tx| retry(tx, job, now).await;
    shop.db.write(again).await.unwrap();
    let well = Registry::new().on("fail", once, async |_: Notes, _: JobContext, (): ()| Ok(()));
    assert_eq!(shop.worker(well).run_due_now().await.unwrap(), 1);

    assert_eq!(shop.row(job).await.state, State::Done);
    let not_dead = async |tx: &Tx| retry(tx, job, now).await;
    assert!(matches!(
        shop.db.write(not_dead).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn a_handler_may_give_up_at_once() {
    let shop = Shop::new().await;
    let registry = Registry::new().on(
        "hopeless",
        Policy::default(),
        async |_: Notes, _: JobContext, (): ()| Err(Failure::from(Error::NotFound)),
    );
    let job = shop.enqueue("hopeless", &()).await;
    shop.worker(registry).run_due_now().await.unwrap();

    let row = shop.row(job).await;
    assert_eq!((row.state, row.attempt), (State::Dead, 1));
    assert_eq!(row.last_error.as_deref(), Some("not found"));
}

#[tokio::test]
async fn a_panic_counts_as_a_failure_and_is_tried_again() {
    let shop = Shop::new().await;
    let registry = Registry::new().on(
        "panic",
        Policy::default(),
        async |notes: Notes, context: JobContext, (): ()| {
            assert!(context.attempt > 1, "a bug on the first attempt");
            notes.lock().unwrap().push("well".to_owned());
            Ok(())
        },
    );
    let worker = shop.worker(registry);
    let job = shop.enqueue("panic", &()).await;
    worker.run_due_now().await.unwrap();
    let row = shop.row(job).await;
    assert_eq!(row.state, State::Queued);
    assert_eq!(
        row.last_error.as_deref(),
        Some("it panicked: a bug on the first attempt")
    );

    shop.clock.advance_ms(MINUTE_MS);
    worker.run_due_now().await.unwrap();
    assert_eq!(shop.notes(), ["well"]);
}

#[tokio::test]
async fn a_payload_that_does_not_decode_is_a_dead_letter_and_others_go_on() {
    let shop = Shop::new().await;
    let bad = shop.enqueue("note", &json!({ "not": "a string" })).await;
    shop.enqueue("note", &"good").await;

    assert_eq!(shop.worker(noting()).run_due_now().await.unwrap(), 2);

    let row = shop.row(bad).await;
    assert_eq!((row.state, row.attempt), (State::Dead, 1));
    assert!(row.last_error.unwrap().contains("does not decode"));
    assert_eq!(shop.notes(), ["good"]);
}

#[tokio::test]
async fn a_job_that_takes_too_long_is_stopped_and_tried_again() {
    let shop = Shop::new().await;
    let policy = Policy {
        timeout_ms: 30,
        ..Policy::default()
    };
    let registry = Registry::new().on("hang", policy, async |_: Notes, _: JobContext, (): ()| {
        std::future::pending::<()>().await;
        Ok(())
    });
    let job = shop.enqueue("hang", &()).await;
    shop.worker(registry).run_due_now().await.unwrap();

    let row = shop.row(job).await;
    assert_eq!(row.state, State::Queued);
    assert_eq!(row.last_error.as_deref(), Some("took longer than 30 ms"));
}

#[tokio::test]
async fn a_run_whose_lease_was_taken_over_can_write_nothing() {
    let shop = Shop::new().await;
    let job = shop.enqueue("note", &"hello").await;
    let start = fetch::next_by_hand(&shop.tools, "one", &[("note", Policy::default())]).await;
    let stale = start.unwrap().expect("due");
    let write = async |tx: &Tx| stale.context.lease.still_mine(tx).await;
    shop.db.write(write).await.expect("ours so far");

    // It falls silent; the sweep takes the job back, and another run does it.
    shop.clock.advance_ms(HOUR_MS);
    let worker = shop.worker(noting());
    worker.run_due_now().await.unwrap();
    shop.clock.advance_ms(HOUR_MS);
    worker.run_due_now().await.unwrap();
    assert_eq!(shop.row(job).await.state, State::Done);

    assert!(shop.db.write(write).await.is_err());
    assert!(!stale.context.lease.renew(&shop.db).await.unwrap());
    let ticket = queue::Ticket {
        job,
        token: stale.row.lease_token,
    };
    let now = shop.clock.now();
    let end = async |tx: &Tx| {
        let dead = outcome::Outcome::Dead("stale".to_owned());
        outcome::write(tx, "note", ticket, &dead, now).await
    };
    assert!(!shop.db.write(end).await.unwrap());
    assert_eq!(shop.row(job).await.state, State::Done);
}

#[tokio::test]
async fn a_job_that_keeps_killing_its_worker_is_given_up() {
    let shop = Shop::new().await;
    let policy = Policy {
        attempts: 2,
        ..Policy::default()
    };
    let registry = || {
        Registry::new().on("note", policy, note).when_dead(
            "note",
            async |notes: Notes, context: JobContext, payload: String, reason: String| {
                assert!(context.is_last_attempt());
                notes.lock().unwrap().push(format!("{payload}: {reason}"));
                Ok(())
            },
        )
    };
    let worker = shop.worker(registry());
    let job = shop.enqueue("note", &"cake").await;
    for _ in 0..2 {
        let start = fetch::next_by_hand(&shop.tools, "doomed", &[("note", policy)]).await;
        start.unwrap().expect("due");
        shop.clock.advance_ms(HOUR_MS);
        sweep::sweep(&shop.tools, &shop.notes, &registry())
            .await
            .unwrap();
        shop.clock.advance_ms(HOUR_MS);
    }

    assert_eq!(worker.run_due_now().await.unwrap(), 0);
    let row = shop.row(job).await;
    assert_eq!((row.state, row.attempt), (State::Dead, 2));
    assert_eq!(
        row.last_error.as_deref(),
        Some("its worker doomed fell silent")
    );
    assert_eq!(shop.notes(), ["cake: its worker doomed fell silent"]);
}

#[tokio::test]
async fn a_job_is_a_dead_letter_only_once_its_feature_knows() {
    let shop = Shop::new().await;
    let registry = Registry::new()
        .on(
            "doomed",
            Policy::default(),
            async |_: Notes, _: JobContext, (): ()| Err(Failure::GiveUp("broken".to_owned())),
        )
        .when_dead(
            "doomed",
            async |notes: Notes, _: JobContext, (): (), reason: String| {
                let mut notes = notes.lock().unwrap();
                notes.push(reason);
                match notes.len() {
                    1 => Err(Error::Unavailable("the database was away".to_owned())),
                    _ => Ok(()),
                }
            },
        );
    let worker = shop.worker(registry);
    let job = shop.enqueue("doomed", &()).await;
    worker.run_due_now().await.unwrap();
    assert_eq!(shop.row(job).await.state, State::Running);

    shop.clock.advance_ms(HOUR_MS);
    worker.run_due_now().await.unwrap();
    shop.clock.advance_ms(HOUR_MS);
    worker.run_due_now().await.unwrap();
    assert_eq!(shop.row(job).await.state, State::Dead);
    assert_eq!(shop.notes(), ["broken", "broken"]);
}

#[tokio::test]
async fn a_job_that_the_queue_lost_is_put_back() {
    let shop = Shop::new().await;
    shop.enqueue("note", &"lost").await;
    shop.empty_the_queue().await;

    shop.clock.advance_ms(MINUTE_MS);
    let found = sweep::sweep(&shop.tools, &shop.notes, &noting())
        .await
        .unwrap();
    assert_eq!((found, shop.queue_rows().await), (1, 1));
    assert_eq!(
        sweep::sweep(&shop.tools, &shop.notes, &noting())
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn the_queue_s_row_of_a_job_is_good_for_one_run() {
    let shop = Shop::new().await;
    let job = shop.enqueue("note", &"hello").await;
    shop.db
        .write(async |tx| queue::register(tx, "test/note", "note", shop.clock.now()).await)
        .await
        .unwrap();
    let next = || fetch::next(&shop.tools, "one", "note", Policy::default());
    let start = next().await.unwrap().expect("due");
    assert_eq!(start.row.id, job);

    // As apalis does when it thinks a worker orphaned it, and a broken client might.
    let now = shop.clock.now();
    let again = async |tx: &Tx| queue::put(tx, "note", queue::Ticket { job, token: 1 }, now).await;
    shop.db.write(again).await.unwrap();
    assert!(next().await.unwrap().is_none());
    assert_eq!(shop.queue_rows().await, 0);
}

#[tokio::test]
async fn done_jobs_are_kept_a_week() {
    let shop = Shop::new().await;
    shop.enqueue("note", &"old").await;
    let worker = shop.worker(noting());
    worker.run_due_now().await.unwrap();

    shop.clock.advance_ms(6 * DAY_MS);
    assert_eq!(sweep::tidy(&shop.tools).await.unwrap(), 0);
    shop.clock.advance_ms(2 * DAY_MS);
    assert_eq!(sweep::tidy(&shop.tools).await.unwrap(), 1);
}

#[tokio::test]
async fn counts_tell_how_long_the_oldest_job_has_waited() {
    let shop = Shop::new().await;
    let now = shop.clock.now();
    assert_eq!(counts(&shop.db, now).await.unwrap(), Counts::default());
    shop.enqueue("note", &"waiting").await;
    shop.clock.advance_ms(MINUTE_MS);
    let expected = Counts {
        queued: 1,
        oldest_ms: MINUTE_MS,
        ..Counts::default()
    };
    assert_eq!(counts(&shop.db, shop.clock.now()).await.unwrap(), expected);
}

#[tokio::test]
async fn a_schedule_takes_one_turn_in_each_interval_whoever_asks() {
    let shop = Shop::new().await;
    let hourly = || {
        Registry::new().every("hourly", HOUR_MS, async |notes: Notes| {
            notes.lock().unwrap().push("turn".to_owned());
            Ok(())
        })
    };
    let (one, two) = (shop.worker(hourly()), shop.worker(hourly()));
    for worker in [&one, &two, &one] {
        worker.run_schedules_now().await.unwrap();
    }
    assert_eq!(shop.notes().len(), 1);
    shop.clock.advance_ms(HOUR_MS);
    two.run_schedules_now().await.unwrap();
    one.run_schedules_now().await.unwrap();
    assert_eq!(shop.notes().len(), 2);
}

#[tokio::test]
async fn the_queue_s_own_tables_are_made_and_shown_with_ours() {
    let (db, _scratch) = fresh().await;
    let steps = crate::platform::db::status(&db).await.unwrap();
    let theirs: Vec<_> = steps
        .iter()
        .filter(|step| step.name.starts_with("queue_"))
        .collect();
    assert!(
        theirs.len() >= 2 && theirs.iter().all(|step| step.is_applied),
        "{steps:?}"
    );
    let sql = schema::sql(db.backend());
    assert!(
        sql.iter()
            .any(|(_, sql)| sql.to_lowercase().contains("create table"))
    );
}
