//! Sharing: the link, the code and the QR code that bring guests to an event.

pub mod pages;
mod qr;

pub use qr::{png, svg};

use crate::events::{self, Event};

/// The address guests open, which the QR code holds. Made from `http.base_url` only.
pub fn guest_url(base_url: &str, event: &Event) -> String {
    format!("{base_url}{}", events::paths::guest(event))
}

/// The code in two halves, easier to read and to type.
pub fn spaced_code(event: &Event) -> String {
    let (front, back) = event.code.split_at(4.min(event.code.len()));
    format!("{front} {back}")
}
