//! The event password: proposed, sealed, compared.

use crate::platform::error::{Error, Result};
use crate::platform::secrets::{Rng, Secrets, same};

use super::Event;

/// What the seal is for.
const PURPOSE: &str = "event password";

/// Short, friendly words without look-alikes for proposed passwords.
const WORDS: &[&str] = &[
    "amber", "anchor", "apple", "basil", "beach", "berry", "birch", "bread", "breeze", "cedar",
    "cherry", "cloud", "clover", "coral", "daisy", "dance", "dawn", "feather", "fern", "fiddle",
    "forest", "garden", "ginger", "harbour", "hazel", "honey", "island", "jasmine", "juniper",
    "lantern", "lemon", "lily", "maple", "meadow", "mint", "moon", "ocean", "olive", "orange",
    "orchid", "peach", "pepper", "pine", "plum", "poppy", "rain", "river", "rose", "sage", "shell",
    "silver", "spring", "star", "summer", "sunny", "thyme", "tulip", "velvet", "violet", "walnut",
    "willow", "winter", "wren", "zephyr",
];

/// A password that is easy to say and to print, e.g. `tulip-river-47`.
pub(super) fn propose(rng: &Rng) -> String {
    let word =
        || WORDS[usize::try_from(rng.below(WORDS.len() as u64)).expect("below the list's length")];
    format!("{}-{}-{}", word(), word(), 10 + rng.below(90))
}

pub(super) fn seal(secrets: &Secrets, rng: &Rng, password: &str) -> Vec<u8> {
    secrets.seal(PURPOSE, password.as_bytes(), rng)
}

/// The event's password in clear, for its host; none when it has none.
///
/// Errors: `Internal` when it was sealed under another `secret_key`.
pub fn password(secrets: &Secrets, event: &Event) -> Result<Option<String>> {
    let Some(sealed) = &event.password_sealed else {
        return Ok(None);
    };
    let plain = secrets
        .open(PURPOSE, sealed)
        .and_then(|plain| String::from_utf8(plain).ok())
        .ok_or_else(|| Error::internal("the event password was sealed under another secret_key"))?;
    Ok(Some(plain))
}

/// Whether `typed` is the event's password, in constant time. Case and outer spaces do not matter:
/// it is read off a card and typed on a phone.
pub fn is_password(secrets: &Secrets, event: &Event, typed: &str) -> Result<bool> {
    let Some(password) = password(secrets, event)? else {
        return Ok(true);
    };
    let plain = |text: &str| text.trim().to_lowercase();
    Ok(same(plain(&password).as_bytes(), plain(typed).as_bytes()))
}
