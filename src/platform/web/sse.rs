//! Server-sent events. Source: HTML standard, 9.2 "Server-sent events".

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use http::header;
use poem::{Body, Response};
use tokio::time::Instant;
use tokio_stream::wrappers::IntervalStream;

use super::Web;

/// Something is sent at least this often, so that proxies keep the connection and dead ones are noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// What browsers wait before they connect again, in milliseconds.
const RETRY_MS: u32 = 2_000;

/// Answers with a stream of `(event, data)` that ends when `events` ends or EPU stops.
pub fn sse(web: &Web, events: impl Stream<Item = (String, String)> + Send + 'static) -> Response {
    Response::builder()
        .content_type("text/event-stream")
        .header(header::CACHE_CONTROL, "no-store")
        .header("x-accel-buffering", "no")
        .body(Body::from_bytes_stream(body(web, events, KEEP_ALIVE)))
}

pub(super) fn body(
    web: &Web,
    events: impl Stream<Item = (String, String)> + Send + 'static,
    keep_alive: Duration,
) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    let hello = stream::once(async { format!("retry: {RETRY_MS}\n\n") });
    let events = events.map(|(event, data)| Some(written(&event, &data)));
    let last = stream::once(async { None });
    let ticks = tokio::time::interval_at(Instant::now() + keep_alive, keep_alive);
    let ticks = IntervalStream::new(ticks).map(|_| Some(":\n\n".to_owned()));
    let all = stream::select(events.chain(last), ticks)
        .take_while(|part| std::future::ready(part.is_some()))
        .filter_map(std::future::ready)
        .take_until(web.stop.clone().cancelled_owned());
    hello.chain(all).map(|text| Ok(Bytes::from(text)))
}

fn written(event: &str, data: &str) -> String {
    let mut text = format!("event: {event}\n");
    for line in data.split('\n') {
        let _ = writeln!(text, "data: {line}");
    }
    text.push('\n');
    text
}
