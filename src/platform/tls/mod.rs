//! HTTPS: no certificate (`off`), one from files, or one that EPU obtains itself by ACME.
//!
//! Each connection is looked at before its certificate is chosen: by server name, and whether it is
//! the certificate authority that asks (TLS-ALPN-01, RFC 8737).

mod acme;
mod any;
mod cache;
mod files;
mod redirect;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::server::{Acceptor, ClientHello};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

pub use any::AnyCertificate;
pub use redirect::{redirect, redirect_listener};

use super::config::{Config, TlsMode};
use super::db::Db;
use super::error::{Error, Result};
use super::secrets::{Rng, Secrets};
use acme::Domain;
use files::Files;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// What we speak above TLS, dearest first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Turns TCP connections into TLS ones. Cheap to clone.
#[derive(Clone)]
pub struct Tls(Certificates);

#[derive(Clone)]
enum Certificates {
    Files(Files),
    Acme(Arc<[Domain]>),
}

impl Tls {
    /// What `tls.mode` asks for; `None` for `off`. Keeps certificates fresh until `stop`.
    ///
    /// Errors: words that name the setting.
    pub async fn open(
        config: &Config,
        db: &Db,
        secrets: &Secrets,
        rng: &Rng,
        stop: &CancellationToken,
    ) -> Result<Option<Tls>> {
        let certificates = match config.tls.mode {
            TlsMode::Off => return Ok(None),
            TlsMode::Files => Certificates::Files(Files::open(&config.tls, stop)?),
            TlsMode::Acme => {
                let cache = cache::Cache::new(db.clone(), secrets.clone(), rng.clone());
                Certificates::Acme(acme::start(config, &cache, stop)?)
            }
        };
        Ok(Some(Tls(certificates)))
    }

    /// Shakes hands. `None` when it was the certificate authority, which has its answer now.
    pub async fn handshake(&self, stream: TcpStream) -> io::Result<Option<TlsStream<TcpStream>>> {
        tokio::time::timeout(HANDSHAKE, self.shake(stream))
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    async fn shake(&self, stream: TcpStream) -> io::Result<Option<TlsStream<TcpStream>>> {
        let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        let hello = start.client_hello();
        let (config, is_challenge) = self
            .choose(&hello)
            .ok_or_else(|| io::Error::other("no certificate for this name"))?;
        let mut stream = start.into_stream(config).await?;
        if is_challenge {
            stream.shutdown().await?;
            return Ok(None);
        }
        Ok(Some(stream))
    }

    fn choose(&self, hello: &ClientHello<'_>) -> Option<(Arc<ServerConfig>, bool)> {
        match &self.0 {
            Certificates::Files(files) => Some((files.current(), false)),
            Certificates::Acme(domains) => {
                let domain = match hello.server_name() {
                    Some(name) => domains.iter().find(|domain| domain.is_named(name)),
                    None => domains.first(),
                }?;
                if rustls_acme::is_tls_alpn_challenge(hello) {
                    Some((domain.challenge(), true))
                } else {
                    Some((domain.serving(), false))
                }
            }
        }
    }
}

/// Settings that every certificate is served with.
fn finish(mut config: ServerConfig) -> Result<Arc<ServerConfig>> {
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    config.ticketer = rustls::crypto::aws_lc_rs::Ticketer::new().map_err(Error::internal)?;
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests;
