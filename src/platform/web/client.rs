//! Who is at the other end: address and kind of device.

use std::net::{IpAddr, Ipv4Addr};

use http::header;
use poem::{Addr, FromRequest, Request, RequestBody};

/// The address a request came from. IPv4 stays IPv4 on a socket that listens for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// The address of `req`; unspecified (0.0.0.0) for requests that came over no socket.
    pub fn of(req: &Request) -> Client {
        match &req.remote_addr().0 {
            Addr::SocketAddr(address) => Client(address.ip().to_canonical()),
            _ => Client(Ipv4Addr::UNSPECIFIED.into()),
        }
    }

    /// What limits count by: the address, or for IPv6 its /64, which one household has for itself.
    pub fn household(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl<'a> FromRequest<'a> for Client {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Client::of(req))
    }
}

/// A device in the words people use, e.g. `Safari on iPhone`; empty when unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device(pub String);

/// First match wins: browsers claim to be each other.
const BROWSERS: &[(&str, &str)] = &[
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("EdgiOS", "Edge"),
    ("EdgA", "Edge"),
    ("Edg/", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

impl Device {
    /// By a `User-Agent` header.
    pub fn named(user_agent: &str) -> Device {
        let find = |list: &[(&str, &'static str)]| {
            list.iter()
                .find(|(mark, _)| user_agent.contains(mark))
                .map(|(_, name)| *name)
        };
        Device(match (find(BROWSERS), find(SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => String::new(),
        })
    }
}

impl<'a> FromRequest<'a> for Device {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Device::named(
            req.header(header::USER_AGENT).unwrap_or_default(),
        ))
    }
}
