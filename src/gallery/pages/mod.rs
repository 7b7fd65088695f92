//! The gallery over HTTP: the host's, and what guests see of it.

mod answers;
pub mod changes;
pub mod guests;
pub mod items;
pub mod restoring;
pub mod show;
pub mod stream;
pub mod trashing;
