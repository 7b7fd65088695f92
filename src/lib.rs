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

/// Hosts and admins: signing up, signing in, sessions, passwords.
pub mod accounts;

/// Events: what a host makes and guests come to.
pub mod events;

/// Guests and their passes.
pub mod guests;

/// Media: the photos and videos of an event, their renditions and links.
pub mod media;

/// Uploads: bytes on their way, by tus.
pub mod uploads;

/// The gallery: looking at an event's media, as hosts and as guests.
pub mod gallery;

/// The link, the code and the QR code.
pub mod sharing;

/// Everything of an event, to take home.
pub mod export;

/// All events of a host at a glance.
pub mod dashboard;

/// What admins see of the installation.
pub mod admin;

/// The start page, and what machines ask for.
pub mod site;

/// Every URL, on one page.
pub mod routes;

/// Every job and every schedule, on one page.
pub mod workers;

/// The sub-commands of `epu`.
pub mod commands;

/// The harness for tests.
#[cfg(any(test, feature = "testing"))]
pub mod testing;
