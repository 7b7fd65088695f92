//! What a host can say about an event, checked.

use serde::Deserialize;

use crate::platform::error::{Fields, Result};
use crate::tables::events::{Moderation, Visibility};

/// The kinds of event, by their stable names.
pub const KINDS: &[&str] = &[
    "wedding",
    "birthday",
    "party",
    "corporate",
    "conference",
    "sports",
    "holiday",
    "baby_shower",
    "graduation",
    "concert",
    "festival",
    "engagement",
    "funeral",
    "school",
    "other",
];

/// The event form as it was sent. Field names are those of the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Details {
    /// 1–120 characters.
    pub name: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// `YYYY-MM-DD` or empty.
    pub date: String,
    /// IANA time zone.
    pub zone: String,
    /// 4–64 characters, or empty for none.
    pub password: String,
    /// ≤ 255 characters.
    pub welcome: String,
    /// ≤ 255 characters.
    pub instructions: String,
    /// `upload_only`, `own` or `gallery`.
    pub visibility: String,
    /// `off`, `hold_all` or `hold_wall`.
    pub moderation: String,
}

/// The form once every field is right.
pub(super) struct Checked {
    pub name: String,
    pub kind: String,
    pub date: Option<String>,
    pub zone: String,
    pub password: Option<String>,
    pub welcome: String,
    pub instructions: String,
    pub visibility: Visibility,
    pub moderation: Moderation,
}

impl Details {
    /// Errors: `Invalid` names every field that needs mending.
    pub(super) fn check(&self) -> Result<Checked> {
        let mut fields = Fields::default();
        let name = one_line(&self.name);
        if name.is_empty() {
            fields.add("name", "event-name-missing");
        } else if name.chars().count() > 120 {
            fields.add("name", "event-name-long");
        }
        if !KINDS.contains(&self.kind.as_str()) && !self.kind.is_empty() {
            fields.add("kind", "event-kind-unknown");
        }
        let date = self.date.trim();
        if !date.is_empty() && !is_date(date) {
            fields.add("date", "event-date-wrong");
        }
        if jiff::tz::TimeZone::get(self.zone.trim()).is_err() {
            fields.add("zone", "event-zone-unknown");
        }
        let password = one_line(&self.password);
        if !password.is_empty() && !(4..=64).contains(&password.chars().count()) {
            fields.add("password", "event-password-length");
        }
        if self.welcome.chars().count() > 255 {
            fields.add("welcome", "event-text-long");
        }
        if self.instructions.chars().count() > 255 {
            fields.add("instructions", "event-text-long");
        }
        fields.check()?;
        Ok(Checked {
            name,
            kind: if self.kind.is_empty() {
                "other".into()
            } else {
                self.kind.clone()
            },
            date: (!date.is_empty()).then(|| date.to_owned()),
            zone: self.zone.trim().to_owned(),
            password: (!password.is_empty()).then_some(password),
            welcome: self.welcome.trim().to_owned(),
            instructions: self.instructions.trim().to_owned(),
            visibility: visibility(&self.visibility),
            moderation: moderation(&self.moderation),
        })
    }
}

fn visibility(name: &str) -> Visibility {
    match name {
        "gallery" => Visibility::Gallery,
        "upload_only" => Visibility::UploadOnly,
        _ => Visibility::Own,
    }
}

fn moderation(name: &str) -> Moderation {
    match name {
        "hold_all" => Moderation::HoldAll,
        "hold_wall" => Moderation::HoldWall,
        _ => Moderation::Off,
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .parse::<jiff::civil::Date>()
            .is_ok_and(|date| (1900..=2200).contains(&date.year()))
}

/// Outer spaces off, control characters (line breaks among them) to spaces.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}
