//! When a photo was taken: a moment, from what the camera's clock showed.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::tables::items::UNDATED;

/// The moment of capture in ms since 1970 UTC, for `sort_at_ms`.
///
/// `local_ms` is what the clock showed, as if it were UTC; `offset_s` how far it was ahead of UTC, when the file says so.
/// Without offset, the clock is taken to have shown the time of `zone` (IANA name; an unknown one counts as UTC).
/// Without time, or with one no calendar knows: [`UNDATED`].
pub(super) fn moment_ms(local_ms: Option<i64>, offset_s: Option<i64>, zone: &str) -> i64 {
    let moment = local_ms.and_then(|local_ms| match offset_s {
        Some(offset_s) => local_ms.checked_sub(offset_s.checked_mul(1000)?),
        None => in_zone(local_ms, zone),
    });
    moment
        .filter(|ms| Timestamp::from_millisecond(*ms).is_ok())
        .unwrap_or(UNDATED)
}

fn in_zone(local_ms: i64, zone: &str) -> Option<i64> {
    let shown: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0)
        .checked_add(SignedDuration::from_millis(local_ms))
        .ok()?;
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    // An hour that the clocks skipped or showed twice is read as RFC 5545 does.
    let moment = zone.to_ambiguous_timestamp(shown).compatible().ok()?;
    Some(moment.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-07-18 14:02:11 as the clock shows it.
    const SHOWN: i64 = 1_784_383_331_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_camera_that_knows_its_offset_is_believed() {
        assert_eq!(
            moment_ms(Some(SHOWN), Some(7200), "America/New_York"),
            SHOWN - 2 * HOUR
        );
    }

    #[test]
    fn a_camera_without_offset_is_taken_to_show_the_time_of_the_event() {
        assert_eq!(
            moment_ms(Some(SHOWN), None, "Europe/Berlin"),
            SHOWN - 2 * HOUR
        );
        assert_eq!(
            moment_ms(Some(SHOWN), None, "America/New_York"),
            SHOWN + 4 * HOUR
        );
        assert_eq!(moment_ms(Some(SHOWN), None, "Nowhere/Atlantis"), SHOWN);
    }

    #[test]
    fn an_hour_that_never_was_or_was_twice_still_has_a_moment() {
        let spring = 1_774_751_400_000; // 2026-03-29 02:30, skipped in Berlin: read as 03:30 summer time
        assert_eq!(
            moment_ms(Some(spring), None, "Europe/Berlin"),
            spring - HOUR
        );
        let autumn = 1_792_895_400_000; // 2026-10-25 02:30, twice in Berlin: the first one
        assert_eq!(
            moment_ms(Some(autumn), None, "Europe/Berlin"),
            autumn - 2 * HOUR
        );
    }

    #[test]
    fn no_time_and_impossible_times_are_undated() {
        assert_eq!(moment_ms(None, Some(0), "UTC"), UNDATED);
        assert_eq!(moment_ms(Some(i64::MAX), None, "UTC"), UNDATED);
        assert_eq!(moment_ms(Some(i64::MIN), Some(i64::MAX), "UTC"), UNDATED);
    }
}
