use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use poem::endpoint::make_sync;
use poem::{Endpoint as _, EndpointExt as _, Request};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;
use crate::platform::web::server;
use crate::testing::database::Scratch;

/// Makes a self-signed certificate for `name` in `folder`.
fn make_certificate(folder: &Path, name: &str) {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ])
        .args([
            "-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem",
        ])
        .args(["-subj", &format!("/CN={name}")])
        .args(["-addext", &format!("subjectAltName=DNS:{name}")])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
}

fn config(folder: &Path) -> Config {
    let file = |name: &str| folder.join(name).display().to_string();
    let env = [
        ("EPU_TLS__MODE", "files".to_owned()),
        ("EPU_TLS__CERTIFICATE_FILE", file("cert.pem")),
        ("EPU_TLS__KEY_FILE", file("key.pem")),
    ];
    let env: Vec<_> = env
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Config::read(None, &env).unwrap()
}

async fn open(config: &Config) -> Result<Option<Tls>> {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let scratch = Scratch::new().await;
    let db = scratch.open().await;
    let (secrets, rng) = (Secrets::new("key"), Rng::system());
    Tls::open(config, &db, &secrets, &rng, &CancellationToken::new()).await
}

async fn serve(tls: Tls) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let endpoint = make_sync(|req: Request| format!("{:?} {}", req.version(), req.scheme()));
    let endpoint = endpoint.map_to_response();
    let server = server::serve(listener, Some(tls), endpoint, stop.clone());
    (address, stop, tokio::spawn(server))
}

#[tokio::test]
async fn a_certificate_from_files_is_served_for_both_http_versions() {
    let folder = tempfile::tempdir().unwrap();
    make_certificate(folder.path(), "photos.example.org");
    let tls = open(&config(folder.path())).await.unwrap().unwrap();
    let (address, _stop, _server) = serve(tls).await;

    let root = std::fs::read(folder.path().join("cert.pem")).unwrap();
    let client = || {
        reqwest::Client::builder()
            .tls_certs_only([reqwest::Certificate::from_pem(&root).unwrap()])
            .resolve("photos.example.org", address)
    };
    let url = format!("https://photos.example.org:{}/", address.port());
    for (client, expected) in [
        (client().build().unwrap(), "HTTP/2.0 https"),
        (client().http1_only().build().unwrap(), "HTTP/1.1 https"),
    ] {
        let answer = client.get(&url).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn files_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = open(&config(folder.path())).await.err().unwrap();
    assert!(
        missing.to_string().contains("tls.certificate_file"),
        "{missing}"
    );
    make_certificate(folder.path(), "a.example");
    std::fs::write(folder.path().join("key.pem"), "no key").unwrap();
    let garbled = open(&config(folder.path())).await.err().unwrap();
    assert!(garbled.to_string().contains("tls.key_file"), "{garbled}");
}

#[tokio::test]
async fn kept_certificates_are_sealed_and_come_back() {
    use rustls_acme::CertCache as _;

    let scratch = Scratch::new().await;
    let cache = |key: &str| {
        let db = scratch.open();
        let secrets = Secrets::new(key);
        async { cache::Cache::new(db.await, secrets, Rng::system()) }
    };
    let (ours, other) = (cache("our key").await, cache("other key").await);
    let (names, directory) = (["photos.example.org".to_owned()], "https://ca.example/dir");
    assert!(ours.load_cert(&names, directory).await.unwrap().is_none());
    for pem in [&b"first"[..], b"second"] {
        ours.store_cert(&names, directory, pem).await.unwrap();
        let kept = ours.load_cert(&names, directory).await.unwrap();
        assert_eq!(kept.as_deref(), Some(pem));
    }
    assert!(other.load_cert(&names, directory).await.unwrap().is_none());
}

#[tokio::test]
async fn plain_http_is_led_to_the_public_address_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut http = config(folder.path()).http;
    http.base_url = "https://photos.example.org".into();
    let request = Request::builder()
        .uri_str("http://evil.example/g/7KQ2?x=1")
        .header("host", "evil.example")
        .finish();
    let response = redirect(&http).get_response(request).await;
    assert_eq!(response.status(), 308);
    assert_eq!(
        response.header("location"),
        Some("https://photos.example.org/g/7KQ2?x=1")
    );
}
