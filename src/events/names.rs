//! The Fluent keys of what an event is.

use crate::tables::events::EventState;

use super::{Event, KINDS};

/// The key of its kind's name.
pub fn kind_key(event: &Event) -> &'static str {
    const KEYS: [&str; 15] = [
        "event-kind-wedding",
        "event-kind-birthday",
        "event-kind-party",
        "event-kind-corporate",
        "event-kind-conference",
        "event-kind-sports",
        "event-kind-holiday",
        "event-kind-baby-shower",
        "event-kind-graduation",
        "event-kind-concert",
        "event-kind-festival",
        "event-kind-engagement",
        "event-kind-funeral",
        "event-kind-school",
        "event-kind-other",
    ];
    let place = KINDS
        .iter()
        .position(|kind| *kind == event.kind)
        .unwrap_or(KEYS.len() - 1);
    KEYS[place]
}

/// The key of its state's name.
pub fn state_key(event: &Event) -> &'static str {
    match event.state {
        EventState::Draft => "event-state-draft",
        EventState::Published => "event-state-published",
        EventState::Closed => "event-state-closed",
    }
}
