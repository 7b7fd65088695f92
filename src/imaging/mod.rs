//! Pixels in, pixels out: formats, renditions, metadata, and the child that decodes.
//!
//! Nothing here knows an event or a table. [`formats`] says what a file is by its first
//! bytes. [`pool`] hands an original to a child process of the same binary ([`child`]), which
//! shuts itself in before it reads a byte and then makes [`renditions`] and reads [`metadata`].
//! No other process of EPU decodes anything a guest sent.

pub mod child;
mod colour;
mod decoding;
mod encoding;
pub mod failure;
pub mod formats;
mod limits;
mod metadata;
pub mod pool;
pub mod rendered;
pub mod renditions;

pub use failure::{Failure, FailureCode};
pub use formats::{Kind, SNIFF_BYTES, sniff};
pub use pool::{Pool, PoolLimits, RenderError};
pub use rendered::{Facts, Rendered, Rendition, RenditionSize};

#[cfg(test)]
pub(crate) mod tests;
