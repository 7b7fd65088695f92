//! Jobs: work that is promised in a transaction and done after it, by any instance, at least once.
//!
//! A job's state is ours, in `job_states`: attempts, backoff, lease, dead letters. The queue in front
//! of it is apalis's: its workers dispatch, from its own tables. A row of the queue is good for exactly
//! one run (it names job and fencing token), so a lost, repeated or alien row does no harm: what is
//! lost the sweep puts back, what is repeated finds its token used.
//!
//! Handlers must be idempotent, and write their results in a transaction that first asks
//! [`JobContext::still_mine`]. Every job and schedule stands in `workers.rs`.

mod context;
mod counts;
mod enqueue;
mod fetch;
mod lease;
mod outcome;
mod policy;
mod queue;
mod registry;
mod rows;
mod runner;
mod schedule;
pub mod schema;
mod sweep;
mod trace;
mod wake;
mod worker;

pub use context::JobContext;
pub use counts::{Counts, Dead, Standing, counts, dead, retry, standing};
pub use enqueue::{enqueue, enqueue_at};
pub use lease::Lease;
pub use policy::{Failure, Policy};
pub use registry::Registry;
pub use worker::{Tempo, Tools, Worker};

#[cfg(test)]
mod tests;
