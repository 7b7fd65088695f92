//! A whole EPU obtains its certificate from Pebble, the ACME authority for tests (Debian `pebble`).
//!
//! `cargo test --test acme -- --ignored`. Needs `pebble`, `pebble-challtestsrv` and `openssl`.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, block and measure time"
)]

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The name the certificate is for; it leads to 127.0.0.1 by the test's own name server.
const DOMAIN: &str = "photos.example.org";

/// A process that ends with the test.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Running {
        Running(
            command
                .stdin(Stdio::null())
                .spawn()
                .expect("it is installed"),
        )
    }

    /// SIGTERM, and wait until it ended well.
    fn stop(mut self) {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// The authority, its name server, and where EPU must listen for its questions.
struct Authority {
    api: u16,
    management: u16,
    https: u16,
    folder: tempfile::TempDir,
    pebble: Option<Running>,
    _names: Running,
}

impl Authority {
    /// `nonce_reject` percent of good requests are refused as `badNonce`, as the standard allows.
    async fn start(nonce_reject: u8) -> Authority {
        let folder = tempfile::tempdir().unwrap();
        let [api, management, https, http, dns] = std::array::from_fn(|_| free_port());
        make_certificate(folder.path());
        let config = format!(
            r#"{{"pebble":{{"listenAddress":"127.0.0.1:{api}","managementListenAddress":"127.0.0.1:{management}",
            "certificate":"api.pem","privateKey":"api.key","httpPort":{http},"tlsPort":{https}}}}}"#
        );
        std::fs::write(folder.path().join("pebble.json"), config).unwrap();
        let names = Running::start(
            Command::new("pebble-challtestsrv")
                .args(["-dns01", &format!("127.0.0.1:{dns}"), "-defaultIPv6", ""])
                .args(["-http01", "", "-https01", "", "-tlsalpn01", ""])
                .args(["-management", &format!("127.0.0.1:{}", free_port())])
                .stdout(Stdio::null()),
        );
        let pebble = Running::start(
            Command::new("pebble")
                .args([
                    "-config",
                    "pebble.json",
                    "-dnsserver",
                    &format!("127.0.0.1:{dns}"),
                ])
                .env("PEBBLE_VA_NOSLEEP", "1")
                .env("PEBBLE_WFE_NONCEREJECT", nonce_reject.to_string())
                .current_dir(folder.path())
                .stdout(Stdio::null()),
        );
        let authority = Authority {
            api,
            management,
            https,
            folder,
            pebble: Some(pebble),
            _names: names,
        };
        authority.root().await;
        authority
    }

    /// The root it signs with; a new one at each start.
    async fn root(&self) -> Vec<u8> {
        let api = std::fs::read(self.folder.path().join("api.pem")).unwrap();
        let url = format!("https://localhost:{}/roots/0", self.management);
        let answer = get(&api, &url, None, Duration::from_secs(20)).await;
        answer.bytes().await.unwrap().to_vec()
    }

    fn epu(&self) -> Running {
        let data = self.folder.path().join("data");
        Running::start(
            Command::new(env!("CARGO_BIN_EXE_epu"))
                .arg("serve")
                .env("EPU_DATA_DIR", data)
                .env("EPU_HTTP__LISTEN", format!("127.0.0.1:{}", self.https))
                .env(
                    "EPU_HTTP__BASE_URL",
                    format!("https://{DOMAIN}:{}", self.https),
                )
                .env("EPU_TLS__MODE", "acme")
                .env("EPU_TLS__CONTACT", "operator@example.org")
                .env(
                    "EPU_TLS__DIRECTORY",
                    format!("https://localhost:{}/dir", self.api),
                )
                .env(
                    "EPU_TLS__DIRECTORY_CA_FILE",
                    self.folder.path().join("api.pem"),
                ),
        )
    }

    /// Asks EPU until it answers with a certificate under `root`; returns how long that took.
    async fn answer_of_epu(&self, root: &[u8]) -> Duration {
        let started = Instant::now();
        let url = format!("https://{DOMAIN}:{}/healthz", self.https);
        let address = SocketAddr::from(([127, 0, 0, 1], self.https));
        let answer = get(root, &url, Some(address), Duration::from_secs(90)).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.version(), reqwest::Version::HTTP_2);
        started.elapsed()
    }
}

fn make_certificate(folder: &Path) {
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
            "-nodes", "-days", "2", "-keyout", "api.key", "-out", "api.pem",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
}

/// Tries until there is an answer over HTTPS that `root` vouches for.
async fn get(
    root: &[u8],
    url: &str,
    address: Option<SocketAddr>,
    patience: Duration,
) -> reqwest::Response {
    let root = reqwest::Certificate::from_pem(root).unwrap();
    let mut client = reqwest::Client::builder().tls_certs_only([root]);
    if let Some(address) = address {
        client = client.resolve(DOMAIN, address);
    }
    let client = client.build().unwrap();
    let started = Instant::now();
    loop {
        match client.get(url).send().await {
            Ok(answer) => return answer,
            Err(error) if started.elapsed() > patience => panic!("{url}: {error:?}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

#[tokio::test]
#[ignore = "needs Pebble"]
async fn epu_obtains_its_certificate_and_keeps_it_over_a_restart() {
    let mut authority = Authority::start(0).await;
    let root = authority.root().await;

    let epu = authority.epu();
    let first = authority.answer_of_epu(&root).await;
    epu.stop();

    authority.pebble = None;
    let _epu = authority.epu();
    let again = authority.answer_of_epu(&root).await;
    println!("first certificate after {first:?}, after a restart without the authority {again:?}");
}

#[tokio::test]
#[ignore = "needs Pebble"]
async fn an_authority_that_refuses_nonces_is_asked_again() {
    let authority = Authority::start(10).await;
    let root = authority.root().await;
    let _epu = authority.epu();
    let took = authority.answer_of_epu(&root).await;
    println!("certificate after {took:?} with 10 % of nonces refused");
}
