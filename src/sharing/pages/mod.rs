//! The host's share page and its QR codes.

pub mod qr;
pub mod share;
