//! An event's date in words.

use jiff::civil::Date;

use crate::platform::texts::Text;

use super::Event;

/// The date of an event, e.g. `Saturday 18 July 2026`; none while it has no date.
pub fn date_in_words(event: &Event, t: &Text) -> Option<String> {
    let date: Date = event.date.as_deref()?.parse().ok()?;
    let weekday = t.say(&format!(
        "date-weekday-{}",
        date.weekday().to_monday_one_offset()
    ));
    let month = t.say(&format!("date-month-{}", date.month()));
    let values = [
        ("weekday", weekday.into()),
        ("day", date.day().to_string().into()),
        ("month", month.into()),
        ("year", date.year().to_string().into()),
    ];
    Some(t.with("date-in-words", values))
}

/// Day of the month and short month, for a date tile.
pub fn date_tile(event: &Event, t: &Text) -> Option<(i8, String)> {
    let date: Date = event.date.as_deref()?.parse().ok()?;
    let month = t.say(&format!("date-month-{}", date.month()));
    Some((date.day(), month.chars().take(3).collect()))
}
