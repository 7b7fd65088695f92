//! An S3 server for tests, on a folder and on loopback only.
//!
//! It is s3s-fs, the most faithful one at hand: it checks signatures, conditional writes and the
//! smallest part size. It lacks `ListMultipartUploads` and lifecycle rules.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A running server. Dropping it cuts every connection at once, like a bucket that goes away.
pub struct S3Server {
    address: SocketAddr,
    tasks: JoinSet<()>,
}

impl S3Server {
    /// Serves `folder` on `port` of loopback (0 takes a free one) to whoever signs with these keys,
    /// and makes `bucket` in it.
    ///
    /// # Errors
    /// When the folder cannot be made or the port is taken.
    pub async fn start(
        folder: &Path,
        bucket: &str,
        port: u16,
        access_key: &str,
        secret_key: &str,
    ) -> io::Result<Self> {
        tokio::fs::create_dir_all(folder.join(bucket)).await?;
        let files = s3s_fs::FileSystem::new(folder)
            .map_err(|error| io::Error::other(format!("s3s-fs: {error:?}")))?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(access_key, secret_key));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, service.build()));
        Ok(Self { address, tasks })
    }

    /// Where it listens, as `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on, so that a stopped server can come back in the same place.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Cuts every connection and frees the port.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn accept(listener: TcpListener, service: S3Service) {
    let server = auto::Builder::new(TokioExecutor::new());
    let mut connections = JoinSet::new();
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            continue;
        };
        let connection = server
            .serve_connection(TokioIo::new(socket), service.clone())
            .into_owned();
        connections.spawn(async move {
            // A client that hangs up is the client's affair.
            let _ = connection.await;
        });
        while connections.try_join_next().is_some() {}
    }
}
