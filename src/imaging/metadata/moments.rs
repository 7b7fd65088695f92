//! Moments as cameras write them, sifted.

use nom_exif::{EntryValue, ExifDateTime};

/// 1971-01-01 to 2100-01-01 in ms: what lies outside is a clock that was never set
/// (1904 and 1970 are the zeros of QuickTime and Unix) or garbage.
const BELIEVABLE_MS: std::ops::Range<i64> = 31_536_000_000..4_102_444_800_000;

/// The furthest a time zone is from UTC, in seconds.
const MAX_OFFSET_S: i32 = 14 * 3600;

/// When, by the camera's own clock, and how far that clock is ahead of UTC if known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub local_ms: i64,
    pub offset_s: Option<i32>,
}

impl Moment {
    /// A moment someone may have taken a photo at.
    pub(super) fn believable(local_ms: i64, offset_s: Option<i32>) -> Option<Moment> {
        let offset_s = offset_s.filter(|offset| offset.abs() <= MAX_OFFSET_S);
        BELIEVABLE_MS
            .contains(&local_ms)
            .then_some(Moment { local_ms, offset_s })
    }

    /// The moment in a metadata entry, as text or parsed.
    pub(super) fn from_entry(value: &EntryValue) -> Option<Moment> {
        match value.as_datetime() {
            Some(ExifDateTime::Aware(moment)) => Moment::believable(
                moment.naive_local().and_utc().timestamp_millis(),
                Some(moment.offset().local_minus_utc()),
            ),
            Some(ExifDateTime::Naive(moment)) => {
                Moment::believable(moment.and_utc().timestamp_millis(), None)
            }
            None => Moment::from_text(value.as_str()?),
        }
    }

    /// "2026:07:18 14:02:11" and the variants with other separators that phones write.
    pub(super) fn from_text(text: &str) -> Option<Moment> {
        let mut numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<i16>().ok());
        let mut next = || numbers.next().flatten();
        let (year, month, day) = (next()?, next()?, next()?);
        let (hour, minute, second) = (next()?, next()?, next().unwrap_or(0));
        let [month, day, hour, minute, second] =
            [month, day, hour, minute, second].map(|n| i8::try_from(n).unwrap_or(-1));
        let moment = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        let utc = jiff::tz::Offset::UTC.to_timestamp(moment).ok()?;
        Moment::believable(utc.as_millisecond(), None)
    }
}

/// "+02:00" or "+0200" in seconds. Source: Exif 3.0, tag 0x9011.
pub(super) fn offset_s(text: &str) -> Option<i32> {
    let text = text.trim_matches(['\0', ' ']);
    if text == "Z" {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = digits
        .split_once(':')
        .or_else(|| digits.split_at_checked(2))?;
    let seconds =
        hours.parse::<u16>().ok()? as i32 * 3600 + minutes.parse::<u8>().ok()? as i32 * 60;
    (seconds <= MAX_OFFSET_S).then_some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Option<i64> {
        Moment::from_text(value).map(|moment| moment.local_ms)
    }

    #[test]
    fn a_capture_time_is_read_in_the_ways_phones_write_it() {
        let expected = Some(1_784_383_331_000);
        assert_eq!(text("2026:07:18 14:02:11"), expected);
        assert_eq!(text("2026-07-18T14:02:11"), expected);
        assert_eq!(text("2026/07/18 14:02:11\0"), expected);
    }

    #[test]
    fn a_clock_that_was_never_set_is_no_capture_time() {
        for garbage in [
            "",
            "0000:00:00 00:00:00",
            "    :  :     :  :  ",
            "1970:01:01 00:00:00",
            "1904:01:01 00:00:00",
            "2026:13:40 25:61:61",
            "9999:12:31 23:59:59",
            "99999:99:99 99:99:99",
            "not a date",
        ] {
            assert_eq!(text(garbage), None, "{garbage:?}");
        }
    }

    #[test]
    fn an_offset_is_read_with_its_sign_or_not_at_all() {
        assert_eq!(offset_s("+02:00"), Some(7200));
        assert_eq!(offset_s("-09:30\0"), Some(-34_200));
        assert_eq!(offset_s("+0530"), Some(19_800));
        assert_eq!(offset_s("Z"), Some(0));
        for garbage in ["", "   :  ", "+99:00", "02:00", "+0200x", "é2:00"] {
            assert_eq!(offset_s(garbage), None, "{garbage:?}");
        }
    }
}
