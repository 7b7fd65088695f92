//! The dashboard: all events of a host at a glance.

pub mod pages;
mod store;
