//! The parent's half of the talk with one decoder child, which it does not trust.

use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::budget::Budget;
use super::verdict::{nonsense, verdict};
use super::{PoolLimits, RenderError};
use crate::imaging::child::ARGUMENT;
use crate::imaging::child::protocol::{Answer, Done, GRANTED, MAX_MESSAGE_BYTES, Task, framed};
use crate::imaging::failure::FailureCode;
use crate::imaging::formats::Kind;
use crate::imaging::rendered::{Rendered, Rendition, RenditionSize};

/// The largest rendition we take from a child, in bytes.
const MAX_RENDITION_BYTES: u64 = 16 << 20;

/// A running child.
pub(super) struct Child {
    process: tokio::process::Child,
    stdin: Option<ChildStdin>,
    stdout: ChildStdout,
    silence: Duration,
}

/// Where a talk ended early.
pub(super) enum Broken {
    /// The result is known.
    Known(RenderError),
    /// The child hung up; its exit status will tell.
    HungUp,
    /// The child kept silent for too long.
    Silent,
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Broken::HungUp
    }
}

impl Child {
    /// Starts `program` with nothing of ours: no environment, no files, no terminal.
    pub(super) fn start(program: &Path, limits: &PoolLimits) -> Result<Child, RenderError> {
        let mut process = Command::new(program)
            .arg(ARGUMENT)
            .arg(limits.child_memory_bytes.to_string())
            .arg(limits.cpu_s.to_string())
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(RenderError::trouble)?;
        Ok(Child {
            stdin: process.stdin.take(),
            stdout: process.stdout.take().expect("stdout was asked for"),
            process,
            silence: Duration::from_millis(limits.time_ms),
        })
    }

    /// Sends the file and takes the result.
    pub(super) async fn talk<S>(
        &mut self,
        kind: Kind,
        size_bytes: u64,
        file: S,
        pixels: &Budget,
    ) -> Result<Rendered, Broken>
    where
        S: Stream<Item = io::Result<Bytes>> + Unpin,
    {
        self.send_file(kind, size_bytes, file).await?;
        let mut answer = self.answer().await?;
        let mut _grant = None;
        if let Answer::Need { bytes } = answer {
            _grant = Some(pixels.take(bytes).await.map_err(Broken::Known)?);
            self.send(&[GRANTED]).await?;
            answer = self.answer().await?;
        }
        match answer {
            Answer::Done(done) => self.result(done).await,
            Answer::Failed(failure) => Err(Broken::Known(failure.into())),
            Answer::Need { .. } => Err(nonsense()),
        }
    }

    async fn send_file<S>(&mut self, kind: Kind, size_bytes: u64, mut file: S) -> Result<(), Broken>
    where
        S: Stream<Item = io::Result<Bytes>> + Unpin,
    {
        let trouble = |words: String| Broken::Known(RenderError::Trouble(words));
        self.send(&framed(&Task { kind, size_bytes })).await?;
        let mut sent = 0;
        while let Some(chunk) = file.next().await {
            let chunk = chunk.map_err(|error| trouble(format!("reading the original: {error}")))?;
            sent += chunk.len() as u64;
            match self.send(&chunk).await {
                Ok(()) => {}
                // It knows enough: the answer is waiting, or its exit status tells.
                Err(Broken::HungUp) => return Ok(()),
                Err(broken) => return Err(broken),
            }
        }
        if sent < size_bytes {
            return Err(trouble(format!(
                "the original ended after {sent} of {size_bytes} bytes"
            )));
        }
        if kind.is_video() {
            self.stdin = None;
        }
        Ok(())
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let stdin = self.stdin.as_mut().ok_or(Broken::HungUp)?;
        match timeout(self.silence, stdin.write_all(bytes)).await {
            Ok(result) => Ok(result?),
            Err(_) => Err(Broken::Silent),
        }
    }

    async fn answer(&mut self) -> Result<Answer, Broken> {
        let mut len = [0; 4];
        self.fill(&mut len).await?;
        let len = u32::from_be_bytes(len);
        if len > MAX_MESSAGE_BYTES {
            return Err(nonsense());
        }
        let mut json = vec![0; len as usize];
        self.fill(&mut json).await?;
        serde_json::from_slice(&json).map_err(|_| nonsense())
    }

    async fn fill(&mut self, buffer: &mut [u8]) -> Result<(), Broken> {
        match timeout(self.silence, self.stdout.read_exact(buffer)).await {
            Ok(result) => result.map(drop).map_err(Broken::from),
            Err(_) => Err(Broken::Silent),
        }
    }

    async fn result(&mut self, done: Done) -> Result<Rendered, Broken> {
        let mut renditions = Vec::new();
        for (name, len) in done.renditions.iter().take(RenditionSize::ALL.len()) {
            let size = RenditionSize::parse(name).ok_or_else(nonsense)?;
            if *len > MAX_RENDITION_BYTES {
                return Err(nonsense());
            }
            let mut bytes = vec![0; *len as usize];
            self.fill(&mut bytes).await?;
            renditions.push(Rendition {
                size,
                bytes: bytes.into(),
            });
        }
        Ok(Rendered {
            width_px: done.width_px,
            height_px: done.height_px,
            facts: done.facts,
            thumbhash: done.thumbhash,
            renditions,
        })
    }

    /// Ends the child and says whose fault it was.
    pub(super) async fn explain(mut self, broken: Broken) -> RenderError {
        if let Broken::Known(error) = broken {
            return error;
        }
        if let Broken::Silent = broken {
            let words = format!("no answer for {} s", self.silence.as_secs_f32());
            return RenderError::hostile(FailureCode::TookTooLong, words);
        }
        drop(self.stdin.take());
        match timeout(self.silence, self.process.wait()).await {
            Ok(Ok(status)) => verdict(status),
            Ok(Err(error)) => RenderError::trouble(error),
            Err(_) => RenderError::hostile(FailureCode::TookTooLong, "the decoder did not end"),
        }
    }
}
