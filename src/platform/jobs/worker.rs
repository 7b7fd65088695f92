//! An instance at work: apalis's workers, one per kind of job, fed from the queue as places get free.

use std::sync::Arc;

use apalis::prelude::{
    Context, Event, Request, RequestStream, WorkerBuilder, WorkerBuilderExt as _,
    WorkerFactoryFn as _,
};
use apalis_sql::context::SqlContext;
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, stream};
use sea_orm::entity::prelude::*;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::fetch::{self, Start};
use super::outcome::{self, Outcome};
use super::queue::{self, Ticket};
use super::registry::Registry;
use super::rows::{self, Column, State};
use super::runner::{self, millis};
use super::wake::{self, Bells};
use super::{schedule, sweep};
use crate::platform::clock::{Clock, HOUR_MS, SECOND_MS};
use crate::platform::db::Db;
use crate::platform::error::Result;
use crate::platform::hub::Hub;
use crate::platform::secrets::Rng;

/// Jobs that one call of [`Worker::run_due_now`] does at most: more means that they breed.
const MOST_AT_ONCE: usize = 10_000;

/// What the machinery of jobs itself needs.
#[derive(Clone)]
pub struct Tools {
    /// Database.
    pub db: Db,
    /// News.
    pub hub: Hub,
    /// Time.
    pub clock: Clock,
    /// Chance, for jitter.
    pub rng: Rng,
    /// Name of this instance; the same after a restart, and no other running instance's.
    pub instance: String,
}

impl Tools {
    /// apalis's name for the worker of `kind` on this instance.
    pub(super) fn worker_name(&self, kind: &str) -> String {
        format!("{}/{kind}", self.instance)
    }
}

/// How often things are looked at. Tests shorten it.
#[derive(Clone, Copy, Debug)]
pub struct Tempo {
    /// How long a missed wake-up can last, in milliseconds. 1 s.
    pub look_ms: i64,
    /// How often to look for what crashes left behind, in milliseconds. 5 s.
    pub sweep_ms: i64,
    /// How long running jobs get to end after `stop`, in milliseconds. 10 s.
    pub grace_ms: i64,
}

impl Default for Tempo {
    fn default() -> Self {
        Tempo {
            look_ms: SECOND_MS,
            sweep_ms: 5 * SECOND_MS,
            grace_ms: 10 * SECOND_MS,
        }
    }
}

/// Does the jobs and schedules of a [`Registry`] for an app of type `A`.
pub struct Worker<A> {
    registry: Registry<A>,
    app: A,
    tools: Tools,
    tempo: Tempo,
    /// This run of this instance: no other run may write in its name.
    holder: String,
}

impl<A: Clone + Send + Sync + 'static> Worker<A> {
    /// A worker that has not begun.
    pub fn new(registry: Registry<A>, app: A, tools: Tools) -> Self {
        let holder = format!("{}/{}", tools.instance, tools.rng.code());
        Worker {
            registry,
            app,
            tools,
            tempo: Tempo::default(),
            holder,
        }
    }

    /// The same at another tempo.
    pub fn at_tempo(self, tempo: Tempo) -> Self {
        Worker { tempo, ..self }
    }

    /// Does jobs until `stop`; then lets running ones end within the grace, and puts the rest back.
    ///
    /// On PostgreSQL somebody must run [`Hub::follow_others`], or wake-ups take a second.
    pub async fn run(self, stop: CancellationToken) -> Result<()> {
        let tempo = self.tempo;
        let worker = Arc::new(self);
        for kind in worker.registry.kinds.keys() {
            let (tools, now) = (&worker.tools, worker.tools.clock.now());
            let name = tools.worker_name(kind);
            let known = async |tx: &_| queue::register(tx, &name, kind, now).await;
            tools.db.write(known).await?;
        }
        let bells = Bells::new(worker.registry.kinds.keys().copied());
        let mut beside = JoinSet::new();
        let tools = worker.tools.clone();
        beside.spawn(wake::watch(
            tools,
            bells.clone(),
            tempo.look_ms,
            stop.clone(),
        ));
        beside.spawn(worker.clone().sweep_on(tempo.sweep_ms, stop.clone()));
        for index in 0..worker.registry.schedules.len() {
            beside.spawn(worker.clone().keep_schedule(index, stop.clone()));
        }
        let mut workers = JoinSet::new();
        let mut handles = Vec::new();
        for kind in worker.registry.kinds.keys() {
            let (handle, run) = worker.clone().apalis_worker(kind, &bells, &stop);
            handles.push(handle);
            workers.spawn(run);
        }
        tracing::info!(worker.instance = worker.tools.instance, "ready for jobs");
        stop.cancelled().await;
        handles.iter().for_each(|handle| handle.stop());
        let ended = async { while workers.join_next().await.is_some() {} };
        if tokio::time::timeout(millis(tempo.grace_ms), ended)
            .await
            .is_err()
        {
            tracing::warn!("jobs still run at the end of the grace; they are put back");
        }
        workers.shutdown().await;
        beside.shutdown().await;
        worker.release().await
    }

    /// Does all that is due at this moment by the clock, one after the other, and what that makes due;
    /// returns how many jobs ran. For tests and one-off commands: needs nothing to run beside it.
    pub async fn run_due_now(&self) -> Result<usize> {
        sweep::sweep(&self.tools, &self.app, &self.registry).await?;
        let kinds: Vec<_> = self
            .registry
            .kinds
            .values()
            .map(|kind| (kind.name, kind.policy))
            .collect();
        let mut ran = 0;
        while ran < MOST_AT_ONCE
            && let Some(start) = fetch::next_by_hand(&self.tools, &self.holder, &kinds).await?
        {
            if let Some(kind) = self.registry.kinds.get(start.row.kind.as_str()) {
                runner::run(&self.tools, self.app.clone(), kind, start).await;
            }
            ran += 1;
        }
        Ok(ran)
    }

    /// Takes the turn of every schedule that is due at this moment by the clock.
    pub async fn run_schedules_now(&self) -> Result<()> {
        for schedule in &self.registry.schedules {
            schedule::turn(&self.tools, self.app.clone(), schedule).await?;
        }
        Ok(())
    }

    /// apalis's worker for `kind`: a handle to stop it, and its run.
    fn apalis_worker(
        self: Arc<Self>,
        kind: &'static str,
        bells: &Bells,
        stop: &CancellationToken,
    ) -> (apalis::prelude::Worker<Context>, BoxFuture<'static, ()>) {
        let name = self.tools.worker_name(kind);
        let places = self.registry.policy(kind).concurrency.max(1);
        let source = self.clone().source(kind, bells.clone(), stop.clone());
        let runnable = WorkerBuilder::new(name)
            .concurrency(places)
            .backend(source)
            .build_fn(move |start: Start| self.clone().run_one(start))
            .on_event(|event| {
                if let Event::Error(error) = event.inner() {
                    tracing::error!(%error, "a worker had trouble");
                }
            })
            .run();
        (runnable.get_handle(), runnable.boxed())
    }

    /// Jobs of `kind`, one whenever apalis has a free place and asks: nothing is taken in advance.
    fn source(
        self: Arc<Self>,
        kind: &'static str,
        bells: Bells,
        stop: CancellationToken,
    ) -> RequestStream<Request<Start, SqlContext>> {
        let policy = self.registry.policy(kind);
        stream::unfold(
            (self, bells, stop),
            move |(worker, bells, stop)| async move {
                loop {
                    if stop.is_cancelled() {
                        std::future::pending::<()>().await;
                    }
                    match fetch::next(&worker.tools, &worker.holder, kind, policy).await {
                        Ok(Some(start)) => {
                            let request = Request::new_with_ctx(start, SqlContext::default());
                            return Some((Ok(Some(request)), (worker, bells, stop)));
                        }
                        Ok(None) => bells.heard(kind).await,
                        Err(error) => {
                            tracing::warn!(%error, job.kind = kind, "could not take a job");
                            tokio::time::sleep(millis(SECOND_MS)).await;
                        }
                    }
                }
            },
        )
        .boxed()
    }

    /// Always well for apalis: it must neither retry nor block on what failed; that is ours to decide.
    async fn run_one(self: Arc<Self>, start: Start) {
        if let Some(kind) = self.registry.kinds.get(start.row.kind.as_str()) {
            runner::run(&self.tools, self.app.clone(), kind, start).await;
        }
    }

    async fn keep_schedule(self: Arc<Self>, index: usize, stop: CancellationToken) {
        let schedule = &self.registry.schedules[index];
        schedule::keep(&self.tools, self.app.clone(), schedule, stop).await;
    }

    async fn sweep_on(self: Arc<Self>, sweep_ms: i64, stop: CancellationToken) {
        let mut tidy_at = self.tools.clock.now();
        while !stop.is_cancelled() {
            if let Err(error) = sweep::sweep(&self.tools, &self.app, &self.registry).await {
                tracing::warn!(%error, "could not sweep");
            }
            let now = self.tools.clock.now();
            if now >= tidy_at {
                tidy_at = now.plus_ms(HOUR_MS);
                if let Err(error) = sweep::tidy(&self.tools).await {
                    tracing::warn!(%error, "could not tidy");
                }
            }
            stop.run_until_cancelled(tokio::time::sleep(millis(sweep_ms)))
                .await;
        }
    }

    /// Puts back what this run still holds: interrupted jobs, and one taken in the moment of stopping.
    async fn release(&self) -> Result<()> {
        let held = rows::Entity::find()
            .filter(Column::State.eq(State::Running))
            .filter(Column::LeaseHolder.eq(self.holder.as_str()))
            .all(self.tools.db.writer())
            .await?;
        let now = self.tools.clock.now();
        for row in held {
            let ticket = Ticket {
                job: row.id,
                token: row.lease_token,
            };
            let write =
                async |tx: &_| outcome::write(tx, &row.kind, ticket, &Outcome::Released, now).await;
            self.tools.db.write(write).await?;
        }
        Ok(())
    }
}
