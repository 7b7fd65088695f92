//! The host's first page.

pub mod index;
