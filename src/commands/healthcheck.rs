//! `epu healthcheck`: asks the EPU running here for `/healthz`. For containers, which have no curl.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::platform::config::{Config, TlsMode};
use crate::platform::error::{Error, Result};
use crate::platform::tls::AnyCertificate;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Errors: `Internal` in words, when it does not answer with 200 within 5 s.
pub(super) async fn run(config: Config) -> Result<()> {
    let address = reachable(config.http.listen);
    let answer = tokio::time::timeout(PATIENCE, ask(&config, address))
        .await
        .unwrap_or_else(|_| Err(Error::internal("no answer within 5 s")))
        .map_err(|error| Error::internal(format!("nothing answers at {address}: {error}")))?;
    let status = answer.lines().next().unwrap_or_default();
    if status.split(' ').nth(1) == Some("200") {
        println!("ok");
        Ok(())
    } else {
        Err(Error::internal(format!(
            "{address} answers with `{status}`"
        )))
    }
}

/// An address that stands for all of the machine's is asked on this machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

async fn ask(config: &Config, address: SocketAddr) -> Result<String> {
    let stream = TcpStream::connect(address).await?;
    if config.tls.mode == TlsMode::Off {
        return talk(stream).await;
    }
    // Only whether this process answers is asked, on this machine, so any certificate will do.
    let tls = ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
        .with_no_client_auth();
    let host = config
        .http
        .authority()
        .split(':')
        .next()
        .unwrap_or_default();
    let name = ServerName::try_from(host.to_owned()).map_err(Error::internal)?;
    talk(
        TlsConnector::from(Arc::new(tls))
            .connect(name, stream)
            .await?,
    )
    .await
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<String> {
    stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer).await?;
    Ok(answer)
}
