//! Links to files: `/m/{token}/{rendition}`.
//!
//! A token names an item, the version of its event's password and a window of time, and is signed. Within a window the same link is made
//! each time, so that browsers find the file in their cache. It is no key by itself: whoever uses it must still have
//! a session or a pass that lets them see the item.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::events::Event;
use crate::imaging::RenditionSize;
use crate::platform::clock::{At, DAY_MS};
use crate::platform::secrets::Secrets;

use super::Item;

/// A link is made for one window and good until the end of the next: 7 to 14 days.
const WINDOW_MS: i64 = 7 * DAY_MS;
/// What tokens are signed for.
const PURPOSE: &str = "media";
/// Bytes of the signature that a token carries.
const MAC_BYTES: usize = 16;
/// Bytes before the item's public id: password version and window.
const HEAD_BYTES: usize = 12;

/// The original, or a smaller picture made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendition {
    /// As it came.
    Original,
    /// Upright, without metadata.
    Sized(RenditionSize),
}

impl Rendition {
    /// As in URLs: `original`, `400`, `960` or `1920`.
    pub fn as_str(self) -> &'static str {
        match self {
            Rendition::Original => "original",
            Rendition::Sized(size) => size.as_str(),
        }
    }

    /// Reads [`as_str`](Rendition::as_str) back.
    pub fn parse(name: &str) -> Option<Rendition> {
        match name {
            "original" => Some(Rendition::Original),
            _ => RenditionSize::parse(name).map(Rendition::Sized),
        }
    }
}

/// The sizes in which an item is kept, smallest first.
pub fn sizes(item: &Item) -> impl Iterator<Item = RenditionSize> {
    item.renditions.split(' ').filter_map(RenditionSize::parse)
}

/// The links of one item at one time.
#[derive(Clone, Debug)]
pub struct Links(String);

impl Links {
    /// The link to one of its files.
    pub fn to(&self, rendition: Rendition) -> String {
        format!("/m/{}/{}", self.0, rendition.as_str())
    }
}

impl fmt::Display for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/m/{}", self.0)
    }
}

/// The links of an item. Whether a file exists and may be seen is said when it is asked for.
pub fn links(app: &App, event: &Event, item: &Item, now: At) -> Links {
    Links(token(
        &app.secrets,
        event.password_version,
        &item.public_id,
        now,
    ))
}

/// The link to one file of an item.
pub fn link(app: &App, event: &Event, item: &Item, rendition: Rendition, now: At) -> String {
    links(app, event, item, now).to(rendition)
}

fn token(secrets: &Secrets, password_version: i64, item: &str, now: At) -> String {
    let mut token = Vec::with_capacity(HEAD_BYTES + item.len() + MAC_BYTES);
    token.extend(password_version.to_be_bytes());
    token.extend(window(now).to_be_bytes());
    token.extend(item.as_bytes());
    let mac = secrets.sign(PURPOSE, &token);
    token.extend(&mac[..MAC_BYTES]);
    URL_SAFE_NO_PAD.encode(token)
}

fn window(now: At) -> u32 {
    u32::try_from(now.ms() / WINDOW_MS).unwrap_or(0)
}

/// What a valid token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// Public id.
    pub item: String,
    /// The event's password had this version.
    pub password_version: i64,
}

/// Reads a token; none when it is forged, altered or too old.
pub(super) fn open(secrets: &Secrets, token: &str, now: At) -> Option<Opened> {
    let token = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (signed, mac) = token.split_at_checked(token.len().checked_sub(MAC_BYTES)?)?;
    if !secrets.verify(PURPOSE, signed, mac) {
        return None;
    }
    let (version, rest) = signed.split_first_chunk::<8>()?;
    let (made_in, item) = rest.split_first_chunk::<4>()?;
    let age = window(now).checked_sub(u32::from_be_bytes(*made_in))?;
    (age <= 1).then_some(())?;
    Some(Opened {
        item: String::from_utf8(item.to_vec()).ok()?,
        password_version: i64::from_be_bytes(*version),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: At = At(1_784_383_331_000);
    const ITEM: &str = "3v7kq2m9xa5tz8wd";

    fn secrets() -> Secrets {
        Secrets::new("a secret key of at least 32 characters")
    }

    #[test]
    fn a_token_opens_to_what_it_was_made_of() {
        let made = token(&secrets(), 3, ITEM, NOW);
        assert_eq!(
            open(&secrets(), &made, NOW),
            Some(Opened {
                item: ITEM.to_owned(),
                password_version: 3
            })
        );
    }

    #[test]
    fn within_a_week_the_link_stays_the_same_for_caches() {
        let start = At(NOW.ms() / WINDOW_MS * WINDOW_MS);
        assert_eq!(
            token(&secrets(), 1, ITEM, start),
            token(&secrets(), 1, ITEM, start.plus_ms(WINDOW_MS - 1))
        );
        assert_ne!(
            token(&secrets(), 1, ITEM, start),
            token(&secrets(), 1, ITEM, start.plus_ms(WINDOW_MS))
        );
    }

    #[test]
    fn a_token_is_good_for_a_week_at_least_and_not_for_ever() {
        let end_of_window = At((NOW.ms() / WINDOW_MS + 1) * WINDOW_MS - 1);
        let made = token(&secrets(), 1, ITEM, end_of_window);
        assert!(open(&secrets(), &made, end_of_window.plus_ms(WINDOW_MS)).is_some());
        assert!(open(&secrets(), &made, end_of_window.plus_ms(WINDOW_MS + 1)).is_none());
        assert!(
            open(&secrets(), &made, end_of_window.plus_ms(-WINDOW_MS)).is_none(),
            "from the future"
        );
    }

    #[test]
    fn an_altered_or_foreign_token_opens_nothing() {
        let made = token(&secrets(), 1, ITEM, NOW);
        let mut bytes = URL_SAFE_NO_PAD.decode(&made).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert_eq!(
                open(&secrets(), &URL_SAFE_NO_PAD.encode(&bytes), NOW),
                None,
                "byte {at}"
            );
            bytes[at] ^= 1;
        }
        assert_eq!(
            open(
                &Secrets::new("another secret key of 32 characters"),
                &made,
                NOW
            ),
            None
        );
        for text in ["", "x", "!!", &made[..made.len() - 4]] {
            assert_eq!(open(&secrets(), text, NOW), None, "{text}");
        }
    }
}
