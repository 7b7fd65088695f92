//! Media: the photos and videos of an event.
//!
//! There is one item per content and event, however many guests send it; `submissions` remembers who did. It begins as
//! *received*, a job makes its renditions, and it becomes *ready*, or *failed* with a reason; the original is kept
//! as it came in any case. What somebody may see is decided in one place, [`visible_to`].

mod capture;
mod erasing;
mod file_names;
pub mod jobs;
mod links;
pub mod pages;
mod receiving;
mod rendering;
mod resorting;
mod store;
mod trashing;
mod viewers;

pub use erasing::{Erased, erase, erase_files, purge};
pub use file_names::safe_file_name;
pub use links::{Links, Rendition, link, links, sizes};
pub use receiving::{NewItem, Received, receive};
pub use rendering::sweep;
pub use resorting::resort;
pub use store::by_id;
pub use trashing::{restore, trash};
pub use viewers::{Viewer, visible_to};

/// A photo or video.
pub use crate::tables::items::Model as Item;

#[cfg(test)]
pub(crate) mod tests;
