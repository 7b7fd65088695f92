//! Guests: whoever opens an event's link. No account; a pass.
//!
//! A pass is a row and a signed HttpOnly cookie, one per event and browser. It carries the version of the
//! event's password that the guest knew: a changed password ends it.

mod admission;
mod extract;
mod naming;
pub mod pages;
mod passes;
mod store;

pub use admission::{admit, admit_at_once};
pub use extract::{Arriving, Visiting};
pub use naming::rename;
pub use passes::{give_pass, pass_in};
pub use store::{by_id, names};

/// A guest.
pub use crate::tables::guests::Model as Guest;

#[cfg(test)]
mod tests;
