//! Numbers and sizes as people read them.

use fluent_bundle::FluentValue;
use intl_memoizer::concurrent::IntlLangMemoizer;

use super::Locale;

const KIB: f64 = 1024.0;

type Formatter = fn(&FluentValue<'_>, &IntlLangMemoizer) -> Option<String>;

/// How numbers within texts are written in a language: `1,284.5` or `1.284,5`.
pub(super) fn formatter(locale: &Locale) -> Formatter {
    match locale.language().as_str() {
        "de" | "es" | "it" | "nl" | "pt" | "da" | "tr" => |value, _| written(value, '.', ','),
        "fr" | "pl" | "cs" | "sv" | "nb" | "fi" => |value, _| written(value, '\u{202f}', ','),
        _ => |value, _| written(value, ',', '.'),
    }
}

/// `None` leaves the value to Fluent. `NUMBER($year, useGrouping: 0)` writes without groups.
fn written(value: &FluentValue<'_>, group: char, point: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let plain = number.as_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let mut said = sign.to_owned();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index) % 3 == 0 && number.options.use_grouping {
            said.push(group);
        }
        said.push(digit);
    }
    if !fraction.is_empty() {
        said.push(point);
        said.push_str(fraction);
    }
    Some(said)
}

/// A size as a number and the key of its unit: one decimal below 10 MB, none above.
pub(super) fn size(bytes: u64) -> (FluentValue<'static>, &'static str) {
    let bytes = bytes as f64;
    let (number, key) = match bytes {
        b if b < KIB => (b, "size-bytes"),
        b if b < KIB * KIB => ((b / KIB).round(), "size-kb"),
        b if b < KIB * KIB * KIB => (b / KIB / KIB, "size-mb"),
        b => (b / KIB / KIB / KIB, "size-gb"),
    };
    let tidy = if number < 10.0 {
        (number * 10.0).round() / 10.0
    } else {
        number.round()
    };
    (tidy.into(), key)
}
