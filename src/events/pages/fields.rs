//! The fields of the event form, as its template asks for them.

use crate::events::{Details, KINDS};
use crate::platform::error::Fields;
use crate::platform::texts::Text;

/// A form with what was typed and what is wrong with it.
pub(super) struct Filled {
    pub details: Details,
    pub problems: Fields,
    pub t: Text,
}

impl Filled {
    pub(super) fn new(details: Details, problems: Fields, t: &Text) -> Filled {
        Filled {
            details,
            problems,
            t: t.clone(),
        }
    }

    /// The problem of a field in words.
    pub(super) fn problem(&self, field: &str) -> Option<String> {
        self.problems.problem(field).map(|key| self.t.say(key))
    }

    /// Every kind: its name, its words, whether it is chosen.
    pub(super) fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = if self.details.kind.is_empty() {
            "wedding"
        } else {
            &self.details.kind
        };
        KINDS
            .iter()
            .map(|kind| {
                (
                    *kind,
                    self.t
                        .say(&format!("event-kind-{}", kind.replace('_', "-"))),
                    *kind == chosen,
                )
            })
            .collect()
    }

    /// Every time zone there is, for the list to choose from.
    pub(super) fn zones(&self) -> Vec<String> {
        let mut zones: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.as_str().to_owned())
            .collect();
        zones.retain(|zone| zone == "UTC" || (zone.contains('/') && !zone.starts_with("Etc/")));
        zones.sort_unstable();
        zones
    }

    /// What guests may see: value, words, whether it is chosen.
    pub(super) fn visibilities(&self) -> Vec<(&'static str, String, bool)> {
        self.choices(
            "visibility",
            &["upload_only", "own", "gallery"],
            "own",
            &self.details.visibility,
        )
    }

    /// What waits for approval: value, words, whether it is chosen.
    pub(super) fn moderations(&self) -> Vec<(&'static str, String, bool)> {
        self.choices(
            "moderation",
            &["off", "hold_all", "hold_wall"],
            "off",
            &self.details.moderation,
        )
    }

    fn choices(
        &self,
        field: &str,
        values: &[&'static str],
        default: &str,
        chosen: &str,
    ) -> Vec<(&'static str, String, bool)> {
        let chosen = if values.contains(&chosen) {
            chosen
        } else {
            default
        };
        values
            .iter()
            .map(|value| {
                let words = self
                    .t
                    .say(&format!("event-{field}-{}", value.replace('_', "-")));
                (*value, words, *value == chosen)
            })
            .collect()
    }
}
