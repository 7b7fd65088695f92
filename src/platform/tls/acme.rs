//! Certificates by ACME (RFC 8555), one order per domain, proven by TLS-ALPN-01 (RFC 8737).

use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use futures::StreamExt as _;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use rustls_acme::{AcmeConfig, AcmeState, EventError, EventOk, OrderError};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tokio_util::sync::CancellationToken;

use super::cache::Cache;
use crate::platform::config::{self, Config};
use crate::platform::error::{Error, Result};

/// Failed orders in a row after which waiting begins anew: the library doubles the wait from 1 s up to
/// 18 h; here it stays below 35 min, and so below what Let's Encrypt allows (5 failures an hour).
const FAILURES: usize = 12;
/// Orders begun anew in a row because of a nonce, and the pause before each.
const NONCES: usize = 20;
const NONCE_PAUSE: Duration = Duration::from_millis(200);

/// One domain and its certificate. Cheap to clone.
#[derive(Clone)]
pub(super) struct Domain {
    name: String,
    configs: Arc<RwLock<Configs>>,
}

struct Configs {
    serving: Arc<ServerConfig>,
    challenge: Arc<ServerConfig>,
}

impl Domain {
    /// Whether a client asks for this domain.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// For people.
    pub fn serving(&self) -> Arc<ServerConfig> {
        self.configs
            .read()
            .expect("no holder panics")
            .serving
            .clone()
    }

    /// For the certificate authority.
    pub fn challenge(&self) -> Arc<ServerConfig> {
        self.configs
            .read()
            .expect("no holder panics")
            .challenge
            .clone()
    }
}

/// Starts a task per domain that keeps its certificate fresh until `stop`.
pub(super) fn start(
    config: &Config,
    cache: &Cache,
    stop: &CancellationToken,
) -> Result<Arc<[Domain]>> {
    let client = client(&config.tls)?;
    names(config)?
        .into_iter()
        .map(|name| {
            let order = Order {
                name,
                tls: config.tls.clone(),
                cache: cache.clone(),
                client: client.clone(),
            };
            let state = order.state();
            let domain = Domain {
                name: order.name.clone(),
                configs: Arc::new(RwLock::new(Configs {
                    serving: serving(&state)?,
                    challenge: state.challenge_rustls_config(),
                })),
            };
            let keep = order.keep(state, domain.clone());
            tokio::spawn(stop.clone().run_until_cancelled_owned(keep));
            Ok(domain)
        })
        .collect()
}

/// `tls.domains`, or the host of the public address.
fn names(config: &Config) -> Result<Vec<String>> {
    let listed = if config.tls.domains.trim().is_empty() {
        config
            .http
            .authority()
            .split(':')
            .next()
            .unwrap_or_default()
    } else {
        &config.tls.domains
    };
    let names: Vec<String> = listed
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(Error::internal("tls.domains names no domain"));
    }
    Ok(names)
}

type State = AcmeState<Error, Error>;

/// All that an order of one domain needs.
struct Order {
    name: String,
    tls: config::Tls,
    cache: Cache,
    client: Option<Arc<ClientConfig>>,
}

impl Order {
    fn state(&self) -> State {
        let names = [self.name.as_str()];
        let config = match &self.client {
            Some(client) => AcmeConfig::new_with_client_config(names, client.clone()),
            None => AcmeConfig::new(names),
        };
        let contact = self.tls.contact.trim();
        config
            .contact((!contact.is_empty()).then(|| format!("mailto:{contact}")))
            .directory(&self.tls.directory)
            .cache(self.cache.clone())
            .state()
    }

    async fn keep(self, mut state: State, domain: Domain) {
        let (mut failures, mut nonces) = (0, 0);
        while let Some(event) = state.next().await {
            match event {
                Ok(event @ (EventOk::DeployedCachedCert | EventOk::DeployedNewCert)) => {
                    (failures, nonces) = (0, 0);
                    match serving(&state) {
                        Ok(config) => {
                            domain.configs.write().expect("no holder panics").serving = config;
                        }
                        Err(error) => tracing::error!(%error, "a certificate cannot be served"),
                    }
                    tracing::info!(tls.domain = self.name, ?event, "there is a certificate");
                }
                Ok(event) => tracing::debug!(tls.domain = self.name, ?event, "certificate kept"),
                Err(EventError::Order(error)) if nonces < NONCES && is_nonce(&error) => {
                    nonces += 1;
                    tokio::time::sleep(NONCE_PAUSE).await;
                    state = self.anew(&domain);
                }
                Err(EventError::Order(error)) => {
                    failures += 1;
                    tracing::warn!(tls.domain = self.name, %error, "no certificate yet; trying again");
                }
                Err(error) => {
                    tracing::error!(tls.domain = self.name, %error, "trouble with a kept certificate");
                }
            }
            if failures >= FAILURES {
                failures = 0;
                state = self.anew(&domain);
            }
        }
    }

    /// Begins anew. What is served stays until the new state has loaded or made a certificate.
    fn anew(&self, domain: &Domain) -> State {
        let state = self.state();
        domain.configs.write().expect("no holder panics").challenge =
            state.challenge_rustls_config();
        state
    }
}

/// Whether a request carried a nonce that the authority did not like: to be tried again at once.
/// Source: RFC 8555, 6.5. The library does not.
fn is_nonce(error: &OrderError) -> bool {
    error.to_string().contains("acme:error:badNonce")
}

fn serving(state: &State) -> Result<Arc<ServerConfig>> {
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_cert_resolver(state.resolver());
    super::finish(config)
}

/// How the authority's own HTTPS is trusted; `None` for the public roots.
#[expect(clippy::disallowed_methods, reason = "one small file, read once")]
fn client(tls: &config::Tls) -> Result<Option<Arc<ClientConfig>>> {
    let path: &Path = &tls.directory_ca_file;
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let words = |error: &dyn std::fmt::Display| {
        Error::internal(format!(
            "tls.directory_ca_file cannot be used: {}: {error}",
            path.display()
        ))
    };
    let pem = std::fs::read(path).map_err(|error| words(&error))?;
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(&pem) {
        let root = root.map_err(|error| words(&error))?;
        roots.add(root).map_err(|error| words(&error))?;
    }
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Some(Arc::new(config)))
}
