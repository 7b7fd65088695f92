//! Photos and videos made by hand, and what becomes of them.

pub(crate) mod fixtures;
mod renders;
mod videos;
