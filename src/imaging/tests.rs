//! Photos and videos made by hand, and what becomes of them.

mod fixtures;
mod renders;
mod videos;
