//! A connection that ends itself when nothing moves on it.
//!
//! hyper times only the reading of headers: this also ends silent connections, clients that stop
//! reading a download, and uploads that stall (they resume).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// What happens on a connection, for whoever waits for it to become quiet. Cheap to clone.
#[derive(Clone, Default)]
pub struct Activity {
    /// Handlers at work.
    working: Arc<AtomicUsize>,
    /// Reads and writes so far.
    moves: Arc<AtomicUsize>,
}

impl Activity {
    /// Counts a handler until the guard is dropped.
    pub fn work(&self) -> Working {
        self.working.fetch_add(1, Ordering::SeqCst);
        Working(self.clone())
    }

    /// Returns once no handler works and nothing moved for `pause`.
    pub async fn quiet(&self, pause: Duration) {
        loop {
            let before = self.moves.load(Ordering::SeqCst);
            tokio::time::sleep(pause).await;
            let is_still = self.moves.load(Ordering::SeqCst) == before;
            if is_still && self.working.load(Ordering::SeqCst) == 0 {
                return;
            }
        }
    }
}

/// A handler at work.
pub struct Working(Activity);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.working.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Wraps a stream; reads and writes fail with `TimedOut` once nothing moved for `limit`.
pub struct Idle<S> {
    stream: S,
    limit: Duration,
    activity: Activity,
    sleep: Pin<Box<Sleep>>,
}

impl<S> Idle<S> {
    /// `first` is the patience until the first bytes, `limit` the one after them.
    pub fn new(stream: S, first: Duration, limit: Duration, activity: Activity) -> Idle<S> {
        Idle {
            stream,
            limit,
            activity,
            sleep: Box::pin(tokio::time::sleep(first)),
        }
    }

    /// Something moved, or nothing did and the time may be over.
    fn watch<T>(
        &mut self,
        cx: &mut Context<'_>,
        moved: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.activity.moves.fetch_add(1, Ordering::SeqCst);
            self.sleep.as_mut().reset(Instant::now() + self.limit);
            return moved;
        }
        ready!(self.sleep.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Idle<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.stream).poll_read(cx, buf);
        self.watch(cx, moved)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Idle<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.watch(cx, moved)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.watch(cx, moved)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.watch(cx, moved)
    }
}
