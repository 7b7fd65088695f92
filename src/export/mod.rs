//! Export: everything of an event, to take home.
//!
//! A ZIP is never made, it is computed: size and CRC-32 of each original are known since its upload, so the layout of a
//! stored (uncompressed) ZIP64 is arithmetic. Its exact length, its tag and any range of it follow at once, and its bytes
//! stream from storage with constant memory and no temporary file.

mod archive;
mod collecting;
mod folder;
mod names;
pub mod pages;
mod store;
mod stream;
mod zip;

pub use archive::{Archive, Entry};
pub use collecting::collect;
pub use folder::write_folder;
pub use stream::bytes;

#[cfg(test)]
mod tests;
