//! Pixels in, pixels out: formats, renditions, metadata, and the child that decodes.
//!
//! Nothing here knows an event or a table. [`formats`] says what a file is by its first
//! bytes. [`pool`] hands an original to a child process of the same binary ([`child`]), which
//! shuts itself in before it reads a byte and then makes [`renditions`] and reads [`metadata`].
//! No other process of EPU decodes anything a guest sent.

pub mod formats;
pub mod rendered;

pub use formats::{Kind, SNIFF_BYTES, sniff};
pub use rendered::{Rendered, Rendition, RenditionSize};
