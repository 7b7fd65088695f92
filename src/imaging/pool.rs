//! Decoder children, a few at a time and within a budget of memory.
//!
//! A child is started for every file and ends with it. Memory is granted in two steps from two
//! budgets: for the file's bytes before it is sent, for its pixels when the child has read the
//! header and says what it needs. Whoever holds pixels waits for nothing, so this cannot lock up.

mod budget;
mod conversation;
mod inside;
mod verdict;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures::Stream;
use tokio::sync::Semaphore;

use self::budget::Budget;
use super::failure::{Failure, FailureCode};
use super::formats::Kind;
use super::rendered::Rendered;

/// Limits of a [`Pool`].
#[derive(Clone, Copy, Debug)]
pub struct PoolLimits {
    /// How many children may run at once.
    pub children: usize,
    /// Memory that all of them may take together, in bytes.
    pub memory_bytes: u64,
    /// Address space that one may take, in bytes.
    pub child_memory_bytes: u64,
    /// Processor time that one may take, in seconds.
    pub cpu_s: u64,
    /// How long one may keep silent while it is its turn, in ms by the wall clock.
    pub time_ms: u64,
}

impl Default for PoolLimits {
    /// One child a core, 512 MiB together, 1 GiB of address space and 30 s each, 60 s by the wall.
    fn default() -> Self {
        PoolLimits {
            children: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: 512 << 20,
            child_memory_bytes: 1 << 30,
            cpu_s: 30,
            time_ms: 60_000,
        }
    }
}

/// Why there are no renditions.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The file's fault: it will not get better. The item cannot be shown.
    #[error("the file cannot be shown: {0}")]
    Hostile(#[from] Failure),
    /// Our fault, or the storage's: try again later.
    #[error("rendering was disturbed: {0}")]
    Trouble(String),
}

impl RenderError {
    fn trouble(error: impl std::fmt::Display) -> RenderError {
        RenderError::Trouble(error.to_string())
    }

    fn hostile(code: FailureCode, words: impl std::fmt::Display) -> RenderError {
        RenderError::Hostile(Failure::new(code, words))
    }
}

/// Makes renditions in child processes. Cheap to clone; clones share the limits.
#[derive(Clone)]
pub struct Pool {
    limits: PoolLimits,
    program: Option<PathBuf>,
    children: Arc<Semaphore>,
    files: Budget,
    pixels: Budget,
}

impl Pool {
    /// A pool whose children are `program`, an `epu` binary; see [`Pool::own_program`].
    pub fn new(limits: PoolLimits, program: PathBuf) -> Pool {
        Pool {
            limits,
            program: Some(program),
            children: Arc::new(Semaphore::new(limits.children.max(1))),
            files: Budget::new(limits.memory_bytes / 2),
            pixels: Budget::new(limits.memory_bytes / 2),
        }
    }

    /// This program itself, also after its file was replaced by a newer version.
    pub fn own_program() -> PathBuf {
        PathBuf::from("/proc/self/exe")
    }

    /// A pool without children, for tests that have no `epu` binary: decodes in this process.
    #[cfg(any(test, feature = "testing"))]
    pub fn in_this_process() -> Pool {
        Pool {
            program: None,
            ..Pool::new(PoolLimits::default(), PathBuf::new())
        }
    }

    /// Makes the renditions of a file of `kind` and `size_bytes` that arrives as `file`.
    ///
    /// Of a video no more is read than it takes to find its description.
    /// `Hostile` says that the file cannot be shown, now or later; `Trouble` that the child could
    /// not be started or confined, or that `file` failed or ended early.
    pub async fn render<S>(
        &self,
        kind: Kind,
        size_bytes: u64,
        file: S,
    ) -> Result<Rendered, RenderError>
    where
        S: Stream<Item = io::Result<Bytes>> + Unpin + Send,
    {
        let Some(program) = &self.program else {
            return inside::render(kind, size_bytes, file).await;
        };
        let _place = self
            .children
            .acquire()
            .await
            .map_err(RenderError::trouble)?;
        let held = if kind.is_video() { 0 } else { size_bytes };
        let _file = self.files.take(held + super::limits::BASE_BYTES).await?;
        let mut child = conversation::Child::start(program, &self.limits)?;
        let result = child.talk(kind, size_bytes, file, &self.pixels).await;
        match result {
            Err(broken) => Err(child.explain(broken).await),
            Ok(rendered) => Ok(rendered),
        }
    }
}
