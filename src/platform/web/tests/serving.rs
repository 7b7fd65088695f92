use std::net::SocketAddr;
use std::time::Duration;

use poem::EndpointExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::*;

#[handler]
async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_millis(400)).await;
    "done"
}

#[handler]
async fn whoami(Client(address): Client, req: &Request) -> String {
    format!("{address} {:?}", req.version())
}

#[handler]
async fn watch(web: &Web) -> Response {
    sse(web, futures::stream::pending())
}

/// A running server.
struct Running {
    address: SocketAddr,
    stop: CancellationToken,
    server: JoinHandle<()>,
}

async fn run() -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let web = web(&format!("http://{address}"));
    let stop = web.stop.clone();
    let routes = Route::new()
        .at("/slow", get(slow))
        .at("/whoami", get(whoami))
        .at("/stream", get(watch));
    let endpoint = around_all(routes, web).boxed();
    let server = tokio::spawn(server::serve(listener, None, endpoint, stop.clone()));
    Running {
        address,
        stop,
        server,
    }
}

impl Running {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

#[tokio::test]
async fn both_http_versions_are_answered_and_know_the_client() {
    let app = run().await;
    let one = reqwest::get(app.url("/whoami")).await.unwrap();
    assert_eq!(one.text().await.unwrap(), "127.0.0.1 HTTP/1.1");
    let h2 = reqwest::Client::builder()
        .http2_prior_knowledge()
        .build()
        .unwrap();
    let two = h2.get(app.url("/whoami")).send().await.unwrap();
    assert_eq!(two.text().await.unwrap(), "127.0.0.1 HTTP/2.0");
}

#[tokio::test]
async fn a_stop_lets_running_requests_finish_and_ends_streams() {
    let app = run().await;
    let url = app.url("/slow");
    let running = tokio::spawn(async move { reqwest::get(url).await?.text().await });
    let stream = reqwest::get(app.url("/stream")).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    app.stop.cancel();

    assert_eq!(running.await.unwrap().unwrap(), "done");
    assert_eq!(stream.text().await.unwrap(), "retry: 2000\n\n");
    let ended = tokio::time::timeout(Duration::from_secs(5), app.server).await;
    ended
        .expect("idle connections do not keep the server")
        .unwrap();
    assert!(TcpStream::connect(app.address).await.is_err());
}

#[tokio::test]
async fn a_garbled_request_hurts_nobody() {
    let app = run().await;
    let mut garbled = TcpStream::connect(app.address).await.unwrap();
    garbled
        .write_all(b"\x16\x03\x01 what?\r\n\r\n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let _ = garbled.read_to_end(&mut answer).await;
    let fine = reqwest::get(app.url("/whoami")).await.unwrap();
    assert_eq!(fine.status(), 200);
}

#[tokio::test]
async fn a_connection_on_which_nothing_moves_is_ended() {
    let (ours, _theirs) = tokio::io::duplex(64);
    let (first, limit) = (Duration::from_millis(20), Duration::from_secs(75));
    let mut idle = connection::Idle::new(ours, first, limit, connection::Activity::default());
    let error = idle.read_u8().await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_client_that_sleeps_does_not_hold_up_the_stop() {
    let app = run().await;
    let url = app.url("/whoami");
    let asleep = tokio::task::spawn_blocking(move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        let client = reqwest::Client::builder().http2_prior_knowledge();
        let client = client.build().unwrap();
        runtime.block_on(async { client.get(url).send().await.unwrap() });
        // Its connection stays open, and nobody reads from it any more.
        std::mem::forget((runtime, client));
    });
    asleep.await.unwrap();
    app.stop.cancel();
    let ended = tokio::time::timeout(Duration::from_secs(10), app.server).await;
    ended.expect("the server does not wait for it").unwrap();
}
