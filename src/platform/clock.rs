//! The time, as an argument.
//!
//! Whoever needs to know the time is given a [`Clock`]; tests turn it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// One second, in milliseconds.
pub const SECOND_MS: i64 = 1_000;
/// One minute, in milliseconds.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// One hour, in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// One day of 24 hours, in milliseconds.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A moment: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    DeriveValueType,
)]
#[serde(transparent)]
pub struct At(pub i64);

impl At {
    /// Milliseconds since 1970 UTC.
    pub fn ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970 UTC.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND_MS)
    }

    /// The moment `ms` milliseconds later (earlier when negative).
    pub fn plus_ms(self, ms: i64) -> At {
        At(self.0.saturating_add(ms))
    }

    /// The same moment for calendars and zones. Moments outside year ±9999 become the epoch.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// Tells the time: the machine's, or one that tests turn by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    ByHand(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Clock(Source::System)
    }

    /// A clock that stands at `at` until it is advanced.
    pub fn by_hand(at: At) -> Self {
        Clock(Source::ByHand(Arc::new(AtomicI64::new(at.0))))
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    pub fn now(&self) -> At {
        match &self.0 {
            Source::System => At(jiff::Timestamp::now().as_millisecond()),
            Source::ByHand(ms) => At(ms.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock made [`by_hand`](Clock::by_hand) forward; the machine's clock stays as it is.
    pub fn advance_ms(&self, by: i64) {
        if let Source::ByHand(ms) = &self.0 {
            ms.fetch_add(by, Ordering::SeqCst);
        }
    }
}
