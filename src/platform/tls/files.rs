//! A certificate from files, read again when they change (certbot and others renew them in place).

use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_util::sync::CancellationToken;

use crate::platform::config;
use crate::platform::error::{Error, Result};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(60);

/// The certificate in use. Cheap to clone.
#[derive(Clone)]
pub(super) struct Files(Arc<RwLock<Arc<ServerConfig>>>);

impl Files {
    /// Reads the files and follows them until `stop`.
    pub fn open(tls: &config::Tls, stop: &CancellationToken) -> Result<Files> {
        let (seen, config) = read(tls)?;
        let files = Files(Arc::new(RwLock::new(config)));
        let follow = files.clone().follow(tls.clone(), seen);
        tokio::spawn(stop.clone().run_until_cancelled_owned(follow));
        Ok(files)
    }

    /// What to serve now.
    pub fn current(&self) -> Arc<ServerConfig> {
        self.0.read().expect("no holder panics").clone()
    }

    async fn follow(self, tls: config::Tls, mut seen: Pem) {
        loop {
            tokio::time::sleep(LOOK).await;
            // Between two writes certificate and key may not fit: then the old ones stay for a minute.
            match read(&tls) {
                Ok((now, _)) if now == seen => {}
                Ok((now, config)) => {
                    seen = now;
                    *self.0.write().expect("no holder panics") = config;
                    tracing::info!("the certificate was read again");
                }
                Err(error) => tracing::warn!(%error, "the certificate cannot be read again"),
            }
        }
    }
}

/// Certificate and key as they stand in the files.
type Pem = (Vec<u8>, Vec<u8>);

fn read(tls: &config::Tls) -> Result<(Pem, Arc<ServerConfig>)> {
    let certificate = bytes("tls.certificate_file", &tls.certificate_file)?;
    let key = bytes("tls.key_file", &tls.key_file)?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&certificate)
        .collect::<Result<_, _>>()
        .map_err(|error| words("tls.certificate_file", &tls.certificate_file, error))?;
    let private = PrivateKeyDer::from_pem_slice(&key)
        .map_err(|error| words("tls.key_file", &tls.key_file, error))?;
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| words("tls.certificate_file", &tls.certificate_file, error))?;
    Ok(((certificate, key), super::finish(config)?))
}

#[expect(clippy::disallowed_methods, reason = "two small files, once a minute")]
fn bytes(setting: &str, path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| words(setting, path, error))
}

fn words(setting: &str, path: &Path, error: impl std::fmt::Display) -> Error {
    Error::internal(format!(
        "{setting} cannot be used: {}: {error}",
        path.display()
    ))
}
