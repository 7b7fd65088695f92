//! EPU, Event Photo Uploads: the map.
//!
//! Modules stand lowest first. A module may name only those above it in this list;
//! `testing::layers` reads the imports and holds us to it.

/// Machinery that has never heard of photos.
pub mod platform;

/// Pixels in, pixels out: formats, colour, metadata, and the child process that decodes.
pub mod imaging;
