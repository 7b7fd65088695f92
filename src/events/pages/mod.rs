//! The host's pages about an event itself: making it, its settings, publishing, closing, the trash.
//! Its own page is its gallery; all events together stand in `dashboard`.

pub mod closing;
pub mod edit;
mod fields;
pub mod new;
pub mod publishing;
pub mod trashing;
