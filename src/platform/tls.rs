//! HTTPS.

use std::io;

use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// Turns a TCP connection into a TLS one. Cheap to clone.
#[derive(Clone)]
pub struct Tls(tokio_rustls::TlsAcceptor);

impl Tls {
    /// Shakes hands. `None` when the connection was one of the certificate authority's questions.
    pub async fn handshake(&self, stream: TcpStream) -> io::Result<Option<TlsStream<TcpStream>>> {
        self.0.accept(stream).await.map(Some)
    }
}
