//! The accept loop: hyper under poem's endpoints, HTTP/1.1 and HTTP/2.
//!
//! poem's own server never sets TCP_NODELAY and hides vectored writes; this one does both, ends idle
//! connections, and on stop lets running requests finish.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::uri::Scheme;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Endpoint, Response};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::connection::{Activity, Idle};
use crate::platform::tls::Tls;

/// Patience until a connection's first bytes, and for the headers of a request.
const HEADERS: Duration = Duration::from_secs(10);
/// Patience while nothing moves on a connection; event streams send something every 15 s.
const IDLE: Duration = Duration::from_secs(75);
/// Patience with running requests after the stop.
const GRACE: Duration = Duration::from_secs(30);
/// Patience, after the stop, with a connection on which no handler works and nothing moves.
const FAREWELL: Duration = Duration::from_secs(2);
/// Pause after an accept that failed, e.g. because all file descriptors are in use.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;
/// Requests that one HTTP/2 connection may have open.
const STREAMS: u32 = 200;
/// Most bytes of headers in HTTP/2 (HTTP/1 allows 100 headers within its buffer).
const HEADER_BYTES: u32 = 64 * 1024;

/// The socket systemd handed over, if any, or one bound to `address`.
///
/// Errors: words that name the address.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let inherited = listenfd::ListenFd::from_env().take_tcp_listener(0)?;
    match inherited {
        Some(listener) => {
            listener.set_nonblocking(true)?;
            TcpListener::from_std(listener)
        }
        None => bind(address),
    }
}

/// A socket bound to `address`, which may have served an EPU a moment ago.
///
/// Errors: words that name the address.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let bound = || {
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    bound().map_err(|error: io::Error| {
        io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
    })
}

/// Serves until `stop`, then lets running requests finish for 30 s at most.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Tls>,
    endpoint: impl Endpoint<Output = Response> + 'static,
    stop: CancellationToken,
) {
    let (endpoint, connections, cut) = (
        Arc::new(endpoint),
        TaskTracker::new(),
        CancellationToken::new(),
    );
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let connection = connect(stream, peer, tls.clone(), endpoint.clone(), stop.clone());
        connections.spawn(cut.clone().run_until_cancelled_owned(connection));
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(GRACE, connections.wait())
        .await
        .is_err()
    {
        tracing::warn!(
            connections = connections.len(),
            "cutting requests that did not end in time"
        );
        cut.cancel();
        connections.wait().await;
    }
}

async fn connect<E: Endpoint<Output = Response> + 'static>(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<Tls>,
    endpoint: Arc<E>,
    stop: CancellationToken,
) {
    // Small answers would wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let here = Ends {
        peer,
        local: stream.local_addr().ok(),
        scheme: if tls.is_some() {
            Scheme::HTTPS
        } else {
            Scheme::HTTP
        },
    };
    match tls {
        None => talk(stream, here, endpoint, stop).await,
        Some(tls) => match tls.handshake(stream).await {
            Ok(Some(stream)) => talk(stream, here, endpoint, stop).await,
            Ok(None) => {}
            Err(error) => tracing::debug!(%error, "a TLS handshake failed"),
        },
    }
}

#[derive(Clone)]
struct Ends {
    peer: SocketAddr,
    local: Option<SocketAddr>,
    scheme: Scheme,
}

/// Answers the requests of one connection until it ends or, after `stop`, becomes idle.
async fn talk<S, E>(stream: S, ends: Ends, endpoint: Arc<E>, stop: CancellationToken)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    E: Endpoint<Output = Response> + 'static,
{
    let activity = Activity::default();
    let at_work = activity.clone();
    let service = service_fn(move |request: http::Request<Incoming>| {
        let (endpoint, ends, working) = (endpoint.clone(), ends.clone(), at_work.work());
        async move {
            let local = LocalAddr(ends.local.map(Into::into).unwrap_or_default());
            let remote = RemoteAddr(ends.peer.into());
            let request: poem::Request = (request, local, remote, ends.scheme).into();
            let response: http::Response<_> = endpoint.get_response(request).await.into();
            drop(working);
            Ok::<_, Infallible>(response)
        }
    });
    let builder = builder();
    let stream = TokioIo::new(Idle::new(stream, HEADERS, IDLE, activity.clone()));
    let mut connection = std::pin::pin!(builder.serve_connection(stream, service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection => ended,
                // A phone in somebody's pocket does not answer the farewell of HTTP/2.
                () = activity.quiet(FAREWELL) => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error, "a connection ended early");
    }
}

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .half_close(false)
        .writev(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_BYTES)
        .keep_alive_interval(Some(Duration::from_secs(30)))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}
