//! Files over HTTP.

mod disposition;
pub mod show;
