//! Jobs in several processes that are killed, stopped and woken.
//!
//! Workers are this very program, run again with [`a_worker`] as its only test. What they did stands in
//! the outbox, which they share with the test through the database.
#![expect(
    clippy::disallowed_methods,
    reason = "measures, and looks for files as a handler would not"
)]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use epu::platform::clock::{At, Clock};
use epu::platform::db::{Db, Tx, open};
use epu::platform::hub::Hub;
use epu::platform::jobs::{Failure, JobContext, Policy, Registry, Tempo, Tools, Worker, enqueue};
use epu::platform::outbox;
use epu::platform::secrets::Rng;
use epu::testing::database::Scratch;
use sea_orm::{ConnectionTrait as _, Statement};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Wake-ups alone must do: nothing is looked for within the time of a test.
const ONLY_WAKE_UPS: Tempo = Tempo {
    look_ms: 600_000,
    sweep_ms: 600_000,
    grace_ms: 1_000,
};

/// What the handlers of worker processes reach.
#[derive(Clone)]
struct Shop {
    db: Db,
    instance: String,
}

impl Shop {
    async fn note(&self, words: String) -> Result<(), Failure> {
        let note = async |tx: &Tx| outbox::post(tx, "note", &words, now()).await;
        Ok(self.db.write(note).await?)
    }

    /// Writes a result as a handler should.
    async fn result(&self, context: &JobContext, words: String) -> Result<(), Failure> {
        let result = async |tx: &Tx| {
            context.still_mine(tx).await?;
            outbox::post(tx, "note", &words, now()).await
        };
        Ok(self.db.write(result).await?)
    }
}

fn now() -> At {
    Clock::system().now()
}

/// Holds its job until `file` exists, and does not notice when it is told to stop.
async fn hold(shop: Shop, context: JobContext, file: PathBuf) -> Result<(), Failure> {
    let (me, attempt) = (shop.instance.clone(), context.attempt);
    shop.note(format!("began {me} {attempt}")).await?;
    let stubborn = tokio::spawn(async move {
        while !file.exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let done = shop.result(&context, format!("done {me} {attempt}")).await;
        if done.is_err() {
            shop.note(format!("refused {me} {attempt}")).await?;
        }
        done
    });
    stubborn.await.expect("no panic")
}

async fn quick(shop: Shop, context: JobContext, number: u32) -> Result<(), Failure> {
    tokio::time::sleep(Duration::from_millis(30)).await;
    let words = format!("quick {number} {}", shop.instance);
    shop.result(&context, words).await
}

fn short_lease() -> Policy {
    Policy {
        lease_ms: 900,
        backoff_ms: 20,
        ..Policy::default()
    }
}

fn registry() -> Registry<Shop> {
    Registry::new()
        .on("hold", short_lease(), hold)
        .on("quick", Policy::default(), quick)
}

fn tools(db: &Db, instance: &str) -> Tools {
    Tools {
        db: db.clone(),
        hub: Hub::default(),
        clock: Clock::system(),
        rng: Rng::system(),
        instance: instance.to_owned(),
    }
}

#[tokio::test]
#[ignore = "the worker process of the other tests"]
async fn a_worker() {
    let Ok(url) = std::env::var("EPU_JOBS_TEST_URL") else {
        return;
    };
    let instance = std::env::var("EPU_JOBS_TEST_INSTANCE").expect("set by the test");
    let db = open(&url, 4).await.expect("the test's database opens");
    let tools = tools(&db, &instance);
    let stop = CancellationToken::new();
    tokio::spawn(tools.hub.clone().follow_others(db.clone(), stop.clone()));
    let tempo = Tempo {
        sweep_ms: 200,
        ..Tempo::default()
    };
    let worker = Worker::new(registry(), Shop { db, instance }, tools).at_tempo(tempo);
    worker.run(stop).await.expect("it runs until it is killed");
}

/// A worker process; killed with `kill -9` when dropped.
struct Process(Child);

impl Process {
    fn start(scratch: &Scratch, instance: &str) -> Process {
        let this = std::env::current_exe().expect("the test's own program");
        let child = Command::new(this)
            .args(["--exact", "a_worker", "--ignored", "--nocapture"])
            .env("EPU_JOBS_TEST_URL", scratch.url())
            .env("EPU_JOBS_TEST_INSTANCE", instance)
            .stdout(Stdio::null())
            .spawn();
        Process(child.expect("a second process of the test's program"))
    }

    fn kill_9(mut self) {
        self.0.kill().expect("it lives");
        self.0.wait().expect("it ends");
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(pid, signal).expect("it lives");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn notes(db: &Db) -> Vec<String> {
    let rows = outbox::waiting(db, 1000).await.expect("read");
    rows.iter()
        .map(|row| row.body.trim_matches('"').to_owned())
        .collect()
}

/// Waits until the workers wrote `words`.
async fn wait_for(db: &Db, words: &str) {
    for _ in 0..1500 {
        if notes(db).await.iter().any(|note| note == words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never read `{words}`, only {:?}", notes(db).await);
}

async fn promise(db: &Db, kind: &str, payload: &(impl serde::Serialize + Sync)) -> i64 {
    let promise = async |tx: &Tx| enqueue(tx, now(), kind, payload).await;
    db.write(promise).await.expect("promised")
}

async fn state(db: &Db, job: i64) -> (String, i64) {
    let sql = "SELECT state, attempt FROM job_states WHERE id = $1";
    let statement = Statement::from_sql_and_values(db.backend(), sql, [job.into()]);
    let row = db.read().query_one(statement).await.expect("read");
    let row = row.expect("the job's row");
    let state = row.try_get("", "state").expect("state");
    (state, row.try_get("", "attempt").expect("attempt"))
}

async fn wait_until_done(db: &Db, job: i64) -> i64 {
    for _ in 0..1500 {
        if let (done, attempt) = state(db, job).await
            && done == "done"
        {
            return attempt;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!(
        "never done: {:?}, {:?}",
        state(db, job).await,
        notes(db).await
    );
}

#[tokio::test]
async fn a_job_whose_worker_is_killed_with_kill_9_is_done_by_another() {
    let scratch = Scratch::new().await;
    let (db, folder) = (scratch.open().await, tempfile::tempdir().expect("folder"));
    let file = folder.path().join("go");
    let job = promise(&db, "hold", &file).await;

    let first = Process::start(&scratch, "first");
    wait_for(&db, "began first 1").await;
    let _second = Process::start(&scratch, "second");
    first.kill_9();
    std::fs::write(&file, "").expect("written");
    wait_for(&db, "done second 2").await;

    assert_eq!(wait_until_done(&db, job).await, 2);
    let done = ["began first 1", "began second 2", "done second 2"];
    assert_eq!(notes(&db).await, done);
}

#[tokio::test]
async fn a_worker_that_slept_through_its_lease_cannot_write_its_result() {
    let scratch = Scratch::new().await;
    let (db, folder) = (scratch.open().await, tempfile::tempdir().expect("folder"));
    let file = folder.path().join("go");
    let job = promise(&db, "hold", &file).await;

    let sleeper = Process::start(&scratch, "sleeper");
    wait_for(&db, "began sleeper 1").await;
    sleeper.signal(rustix::process::Signal::STOP);
    let _second = Process::start(&scratch, "second");
    wait_for(&db, "began second 2").await;
    std::fs::write(&file, "").expect("written");
    wait_for(&db, "done second 2").await;
    sleeper.signal(rustix::process::Signal::CONT);
    wait_for(&db, "refused sleeper 1").await;

    assert_eq!(wait_until_done(&db, job).await, 2);
    let done = notes(&db).await;
    assert_eq!(
        done.iter().filter(|note| note.starts_with("done")).count(),
        1
    );
}

#[tokio::test]
async fn two_workers_share_the_work_and_do_each_job_once() {
    const JOBS: u32 = 60;
    let scratch = Scratch::new().await;
    let db = scratch.open().await;
    let _workers = [
        Process::start(&scratch, "left"),
        Process::start(&scratch, "right"),
    ];
    let mut last = 0;
    for number in 0..JOBS {
        last = promise(&db, "quick", &number).await;
    }
    wait_until_done(&db, last).await;
    for number in 0..JOBS {
        let sides = ["left", "right"].map(|side| format!("quick {number} {side}"));
        for _ in 0..500 {
            if notes(&db).await.iter().any(|note| sides.contains(note)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    let notes = notes(&db).await;
    let of = |side: &str| notes.iter().filter(|note| note.ends_with(side)).count();
    assert_eq!(notes.len(), JOBS as usize, "{notes:?}");
    assert!(of("left") > 5 && of("right") > 5, "{notes:?}");
}

#[tokio::test]
async fn a_job_is_picked_up_when_its_transaction_commits() {
    const JOBS: usize = 60;
    let scratch = Scratch::new().await;
    let db = scratch.open().await;
    let (picked, mut picks) = mpsc::unbounded_channel();
    let registry = Registry::new().on(
        "ping",
        Policy::default(),
        |picked: mpsc::UnboundedSender<Instant>, _: JobContext, (): ()| async move {
            picked.send(Instant::now()).expect("the test listens");
            Ok(())
        },
    );
    let (tools, stop) = (tools(&db, "test"), CancellationToken::new());
    tokio::spawn(tools.hub.clone().follow_others(db.clone(), stop.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let worker = Worker::new(registry, picked, tools).at_tempo(ONLY_WAKE_UPS);
    let run = tokio::spawn(worker.run(stop.clone()));
    promise(&db, "ping", &()).await;
    picks.recv().await.expect("the worker runs");

    let mut waits = Vec::new();
    for pause in 0..JOBS {
        tokio::time::sleep(Duration::from_millis(20 + pause as u64)).await;
        promise(&db, "ping", &()).await;
        let committed = Instant::now();
        let picked = tokio::time::timeout(Duration::from_secs(5), picks.recv()).await;
        let picked = picked.expect("woken").expect("the worker runs");
        waits.push(picked.saturating_duration_since(committed));
    }
    stop.cancel();
    run.await.expect("no panic").expect("stopped");

    waits.sort();
    let (p50, p95) = (waits[JOBS / 2], waits[JOBS * 95 / 100]);
    println!("pickup on {:?}: p50 {p50:?}, p95 {p95:?}", db.backend());
    assert!(p50 < Duration::from_millis(500), "p50 {p50:?}");
}

#[tokio::test]
async fn a_worker_that_is_stopped_lets_jobs_end_and_puts_the_rest_back() {
    let scratch = Scratch::new().await;
    let db = scratch.open().await;
    let (began, mut begun) = mpsc::unbounded_channel();
    let registry = Registry::new()
        .on(
            "short",
            Policy::default(),
            |began: mpsc::UnboundedSender<()>, _: JobContext, (): ()| async move {
                began.send(()).expect("the test listens");
                tokio::time::sleep(Duration::from_millis(300)).await;
                Ok(())
            },
        )
        .on(
            "endless",
            Policy::default(),
            |began: mpsc::UnboundedSender<()>, _: JobContext, (): ()| async move {
                began.send(()).expect("the test listens");
                std::future::pending().await
            },
        );
    let short = promise(&db, "short", &()).await;
    let endless = promise(&db, "endless", &()).await;
    let stop = CancellationToken::new();
    let worker = Worker::new(registry, began, tools(&db, "test")).at_tempo(ONLY_WAKE_UPS);
    let run = tokio::spawn(worker.run(stop.clone()));
    begun.recv().await.expect("one began");
    begun.recv().await.expect("the other began");

    stop.cancel();
    run.await.expect("no panic").expect("stopped");

    assert_eq!(state(&db, short).await, ("done".to_owned(), 1));
    assert_eq!(state(&db, endless).await, ("queued".to_owned(), 0));
}
