//! Uploads: bytes on their way from a guest's phone to an item, by tus 1.0.0.
//!
//! The server's offset is the truth, and an acknowledged offset is never taken back: before it is told, the bytes are
//! durable in storage and the row holds everything needed to go on there, on any instance: what storage needs,
//! and the states of both hashes. One request at a time writes; a newer one takes over.

mod announcing;
mod checksum;
mod ending;
mod finishing;
mod hashes;
mod intake;
pub mod jobs;
mod store;
pub mod tus;

pub use announcing::{Announcement, announce};
pub use checksum::Checksum;
pub use ending::{end, expire};
pub use intake::{Answer, append, settle};
pub use store::of_sender;

/// An upload.
pub use crate::tables::uploads::Model as Upload;

#[cfg(test)]
mod tests;
