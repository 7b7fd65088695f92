//! The harness: scratch databases, and a whole EPU to talk to.

pub mod answer;
pub mod app;
pub mod browser;
pub mod database;
pub mod guest;
#[cfg(test)]
mod layers;
pub mod mailbox;
pub mod rows;

pub use app::{NOON, TestApp};
pub use browser::Browser;
pub use guest::tiny_jpeg;
