//! The download.

pub mod archive;
