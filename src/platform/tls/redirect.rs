//! Leads plain HTTP to HTTPS.

use std::net::SocketAddr;

use http::{StatusCode, header};
use poem::endpoint::make_sync;
use poem::{Endpoint, Request, Response};
use tokio::net::TcpListener;

use crate::platform::config::{Http, Tls};
use crate::platform::error::{Error, Result};
use crate::platform::web::server;

/// A listener at `tls.redirect_listen`, if set.
pub fn redirect_listener(tls: &Tls) -> Result<Option<TcpListener>> {
    let address = tls.redirect_listen.trim();
    if address.is_empty() {
        return Ok(None);
    }
    let address: SocketAddr = address.parse().map_err(|_| {
        Error::internal(format!(
            "tls.redirect_listen must be an address and port like 0.0.0.0:80, not `{address}`"
        ))
    })?;
    Ok(Some(server::bind(address)?))
}

/// Answers everything with 308 to the same path of the public address, whatever `Host` says.
pub fn redirect(http: &Http) -> impl Endpoint<Output = Response> + use<> {
    let base_url = http.base_url.clone();
    make_sync(move |req: Request| {
        let path = req.uri().path_and_query().map_or("/", |path| path.as_str());
        Response::builder()
            .status(StatusCode::PERMANENT_REDIRECT)
            .header(header::LOCATION, format!("{base_url}{path}"))
            .finish()
    })
}
