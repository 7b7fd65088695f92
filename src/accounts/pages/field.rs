//! One field of a form: label, control, hint, problem.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::platform::error::Fields;
use crate::platform::texts::Text;

/// A field as a template shows it: `{{ email }}`. It is escaped inside.
#[derive(Template)]
#[template(path = "accounts/pages/field.html")]
pub struct Field {
    id: &'static str,
    label: String,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    most: usize,
    hint: Option<String>,
    problem: Option<String>,
    described_by: String,
}

impl HtmlSafe for Field {}

impl Field {
    /// A line of text, at most `most` characters.
    pub fn text(t: &Text, id: &'static str, label: &str, autocomplete: &'static str) -> Field {
        Field {
            id,
            label: t.say(label),
            kind: "text",
            autocomplete,
            value: String::new(),
            most: 0,
            hint: None,
            problem: None,
            described_by: String::new(),
        }
    }

    /// A mail address.
    pub fn email(t: &Text, autocomplete: &'static str) -> Field {
        Field {
            kind: "email",
            ..Field::text(t, "email", "email", autocomplete)
        }
    }

    /// A password; its value is never shown again.
    pub fn password(t: &Text, id: &'static str, label: &str, autocomplete: &'static str) -> Field {
        Field {
            kind: "password",
            ..Field::text(t, id, label, autocomplete)
        }
    }

    /// With what was typed.
    pub fn value(self, value: &str) -> Field {
        Field {
            value: value.to_owned(),
            ..self
        }
    }

    /// Takes at most this many characters.
    pub fn most(self, most: usize) -> Field {
        Field { most, ..self }
    }

    /// With a hint below.
    pub fn hint(self, hint: String) -> Field {
        Field {
            hint: Some(hint),
            ..self
        }
    }

    /// With its problem, if it is among `fields`.
    pub fn mend(self, fields: &Fields, t: &Text) -> Field {
        let problem = fields.problem(self.id).map(|key| t.say(key));
        let mut described_by = Vec::new();
        if self.hint.is_some() {
            described_by.push(format!("{}-hint", self.id));
        }
        if problem.is_some() {
            described_by.push(format!("{}-error", self.id));
        }
        Field {
            problem,
            described_by: described_by.join(" "),
            ..self
        }
    }

    fn is_password(&self) -> bool {
        self.kind == "password"
    }
}
