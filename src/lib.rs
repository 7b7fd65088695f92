//! EPU, Event Photo Uploads: the map.
//!
//! Modules stand lowest first. A module may name only those above it in this list;
//! `testing::layers` reads the imports and holds us to it.

#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "a test may block"))]

/// Machinery that has never heard of photos.
pub mod platform;

/// Pixels in, pixels out: formats, colour, metadata, and the child process that decodes.
pub mod imaging;

/// One file per table, id types, and the names of objects in the bucket.
pub mod tables;

/// `App`: what pages and jobs can reach.
pub mod app;

/// Events: what a host makes and guests come to.
pub mod events;

/// Guests and their passes.
pub mod guests;

/// Every URL, on one page.
pub mod routes;

/// Every job and every schedule, on one page.
pub mod workers;

/// One file per sub-command.
pub mod commands;

/// The harness for tests.
#[cfg(any(test, feature = "testing"))]
pub mod testing;
