//! Mail by SMTP, over a pool of connections.

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::Unsent;
use crate::platform::error::{Error, Result};

/// Replies that speak of our account, not of this mail: mended by the operator, so worth another try.
/// Source: RFC 4954 §6.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// A mail server that takes our mail.
#[derive(Clone)]
pub(super) struct Relay(AsyncSmtpTransport<Tokio1Executor>);

impl Relay {
    /// The server that `url` names; account and password stand in it, percent-encoded.
    ///
    /// `smtps://` is TLS from the first byte. `smtp://` takes STARTTLS when it is offered, as RFC 7435
    /// has it, without asking who the server is; a password goes over a network only under a
    /// verified certificate, unless the URL says `?tls=opportunistic`.
    pub fn open(url: &str) -> Result<Relay> {
        let mistake = |error: SmtpError| Error::internal(format!("mail.url: {error}"));
        let asks = url
            .split_once('?')
            .is_some_and(|(_, query)| query.contains("tls="));
        let has_password = url.contains('@');
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let is_near = is_loopback(address);
        let tls = match (asks, has_password && !is_near) {
            (true, _) => query.to_owned(),
            (false, true) => "tls=required".to_owned(),
            (false, false) => "tls=opportunistic".to_owned(),
        };
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(&format!("{address}?{tls}"))
                .map_err(mistake)?;
        if url.starts_with("smtp:") && tls == "tls=opportunistic" {
            let anyone = TlsParameters::builder(host(address).to_owned())
                .dangerous_accept_invalid_certs(true)
                .dangerous_accept_invalid_hostnames(true)
                .build()
                .map_err(mistake)?;
            builder = builder.tls(Tls::Opportunistic(anyone));
        }
        Ok(Relay(builder.build()))
    }

    /// Whether the server greets and lets us in.
    pub async fn check(&self) -> Result<()> {
        match self.0.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Unavailable("the mail server does not answer".into())),
            Err(error) => Err(Error::Unavailable(words(&error))),
        }
    }

    /// Hands one message over.
    pub async fn send(&self, message: Message) -> Result<(), Unsent> {
        match self.0.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if is_final(&error) => Err(Unsent::Never(words(&error))),
            Err(error) => Err(Unsent::Later(words(&error))),
        }
    }
}

fn is_final(error: &SmtpError) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !code.is_some_and(|code| ABOUT_US.contains(&code))
}

/// The error without the server's own words, which repeat the recipient's address.
fn words(error: &SmtpError) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None => format!("the mail server cannot be reached: {error}"),
    }
}

/// The host in `scheme://user:password@host:port`.
fn host(address: &str) -> &str {
    let rest = address.split("://").nth(1).unwrap_or_default();
    let rest = rest.split('/').next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    match rest.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => rest.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(address: &str) -> bool {
    let host = host(address);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
