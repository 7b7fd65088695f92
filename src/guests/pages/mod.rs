//! What guests see: the door, the upload page, the page where a code is typed.

pub mod join;
pub mod name;
pub mod password;
pub mod show;
