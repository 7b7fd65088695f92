//! What can be done: every kind of job with its handler, every schedule.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use serde::de::DeserializeOwned;

use super::{Failure, JobContext, Policy};
use crate::platform::error::Result;

/// Every kind of job and every schedule of an app of type `A`.
pub struct Registry<A> {
    pub(super) kinds: BTreeMap<&'static str, Kind<A>>,
    pub(super) schedules: Vec<Schedule<A>>,
}

/// A kind of job.
pub(super) struct Kind<A> {
    pub name: &'static str,
    pub policy: Policy,
    pub handle: Handle<A>,
    pub mourn: Option<Mourn<A>>,
}

/// What is to happen every so often, on one instance at a time.
pub(super) struct Schedule<A> {
    pub name: &'static str,
    pub interval_ms: i64,
    pub run: Arc<dyn Fn(A) -> BoxFuture<'static, Result<()>> + Send + Sync>,
}

/// A handler that takes its payload as it stands in the row.
pub(super) type Handle<A> =
    Arc<dyn Fn(A, JobContext, &str) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// What [`Registry::when_dead`] registered: context, payload and reason.
pub(super) type Mourn<A> =
    Arc<dyn Fn(A, JobContext, &str, String) -> BoxFuture<'static, Result<()>> + Send + Sync>;

impl<A> Default for Registry<A> {
    fn default() -> Self {
        Registry {
            kinds: BTreeMap::new(),
            schedules: Vec::new(),
        }
    }
}

impl<A> Registry<A> {
    /// Nothing to do yet.
    pub fn new() -> Self {
        Registry::default()
    }

    /// Jobs of `kind` are done by `handler`. Its payload is any type that JSON gives; a payload that
    /// does not decode is a dead letter at once.
    ///
    /// Panics when `kind` is there already: two handlers for one kind are a mistake in `workers.rs`.
    pub fn on<P, F, Done>(mut self, kind: &'static str, policy: Policy, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        F: Fn(A, JobContext, P) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let handle: Handle<A> =
            Arc::new(
                move |app, context, payload| match serde_json::from_str(payload) {
                    Ok(payload) => handler(app, context, payload).boxed(),
                    Err(error) => {
                        let failure =
                            Failure::GiveUp(format!("its payload does not decode: {error}"));
                        futures::future::ready(Err(failure)).boxed()
                    }
                },
            );
        let kind = Kind {
            name: kind,
            policy,
            handle,
            mourn: None,
        };
        let before = self.kinds.insert(kind.name, kind);
        assert!(before.is_none(), "a kind of job has one handler");
        self
    }

    /// Calls `handler` with payload and reason when a job of `kind` is given up, also one whose workers
    /// died over it; a payload that does not decode calls nothing. The job becomes a dead letter only
    /// after `handler` succeeded, so it may be called again and must be idempotent.
    ///
    /// Panics when `kind` is not there yet.
    pub fn when_dead<P, F, Done>(mut self, kind: &'static str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        F: Fn(A, JobContext, P, String) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<()>> + Send + 'static,
    {
        let mourn: Mourn<A> =
            Arc::new(
                move |app, context, payload, reason| match serde_json::from_str(payload) {
                    Ok(payload) => handler(app, context, payload, reason).boxed(),
                    Err(_) => futures::future::ready(Ok(())).boxed(),
                },
            );
        let kind = self.kinds.get_mut(kind);
        kind.expect("`on` comes before `when_dead`").mourn = Some(mourn);
        self
    }

    /// Runs `handler` every `interval_ms` milliseconds (and once at the first boot), on one instance at
    /// a time. A failure is logged, and the next turn comes as usual.
    pub fn every<F, Done>(mut self, name: &'static str, interval_ms: i64, handler: F) -> Self
    where
        F: Fn(A) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<()>> + Send + 'static,
    {
        self.schedules.push(Schedule {
            name,
            interval_ms,
            run: Arc::new(move |app| handler(app).boxed()),
        });
        self
    }

    /// The policy of `kind`, or the default one for kinds that only other instances know.
    pub(super) fn policy(&self, kind: &str) -> Policy {
        self.kinds
            .get(kind)
            .map(|kind| kind.policy)
            .unwrap_or_default()
    }
}
