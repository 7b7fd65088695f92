//! Events: what a host makes and guests come to.
//!
//! An event is known to guests by its code, which the host can change, and to its host and the bucket by an
//! immutable public id. It begins as a draft, is published (then the link works), and may be closed and reopened.
//! Its password is kept encrypted, because it is printed; changing it bumps a version that passes carry.

mod closing;
mod codes;
mod counting;
mod dates;
mod extract;
mod form;
mod making;
mod names;
pub mod pages;
mod passwords;
mod publishing;
mod store;
mod trashing;
mod windows;
mod zones;

pub use closing::{close, reopen};
pub use codes::normalise as normalise_code;
pub use counting::{Change, count, guest_gave, release, reserve, touch, touch_and_tell};
pub use dates::{date_in_words, date_tile};
pub use extract::{Hosted, HostedAnywhere};
pub use form::{Details, KINDS};
pub use making::{edit, make};
pub use names::{kind_key, state_key};
pub use passwords::{is_password, password};
pub use publishing::publish;
pub use store::{by_code, by_id, by_public_id, of_owner, owned, trashed_of_owner};
pub use trashing::{restore, trash};
pub use windows::{accepts_uploads, is_open_to_guests};
pub use zones::{OfEvent, ZONE_CHANGED, zone_changed};

/// An event.
pub use crate::tables::events::Model as Event;

use crate::tables::EventId;

/// The hub's topic for news of an event; its revision is the event's.
pub fn topic(event: EventId) -> String {
    format!("event:{event}")
}

/// Paths of the host's pages, so that no other feature spells them.
pub mod paths {
    use super::Event;

    /// All events of a host.
    pub const INDEX: &str = "/events";

    /// The event's own page: its gallery.
    pub fn show(event: &Event) -> String {
        format!("/events/{}", event.public_id)
    }

    /// A page below the event's own, e.g. `share`.
    pub fn below(event: &Event, page: &str) -> String {
        format!("/events/{}/{page}", event.public_id)
    }

    /// What guests open.
    pub fn guest(event: &Event) -> String {
        format!("/g/{}", event.code)
    }
}

#[cfg(test)]
mod tests;
