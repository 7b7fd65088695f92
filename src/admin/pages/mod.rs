//! The admin's pages.

pub mod overview;
