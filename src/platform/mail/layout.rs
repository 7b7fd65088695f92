//! How every mail looks: one column, one heading, a few sentences, at most one thing to press.

use askama::Template;

use super::Letter;
use crate::platform::error::{Error, Result};
use crate::platform::texts::Text;

/// What one mail says, as plain text in the recipient's language; both forms are made of it.
pub struct Layout<'a> {
    /// Which mail it is, see [`Letter::kind`].
    pub kind: &'static str,
    /// Subject line; also the title.
    pub subject: String,
    /// What mailboxes show beside the subject.
    pub preview: String,
    /// The heading.
    pub heading: String,
    /// Paragraphs.
    pub words: Vec<String>,
    /// The one thing to do.
    pub press: Option<Press>,
    /// Why the recipient gets this mail.
    pub why: String,
    /// Texts in the recipient's language.
    pub t: &'a Text,
}

/// Something to press: it opens an address.
pub struct Press {
    /// On the button.
    pub label: String,
    /// Where it leads: absolute.
    pub url: String,
}

#[derive(Template)]
#[template(path = "platform/mail/layout.html")]
struct Html<'a> {
    mail: &'a Layout<'a>,
}

impl Layout<'_> {
    /// The letter to `to`.
    pub fn letter(&self, to: &str) -> Result<Letter> {
        Ok(Letter {
            kind: self.kind.to_owned(),
            to: to.to_owned(),
            subject: self.subject.clone(),
            text: self.text(),
            html: Html { mail: self }.render().map_err(Error::internal)?,
        })
    }

    fn text(&self) -> String {
        let mut parts = vec![self.heading.clone()];
        parts.extend(self.words.iter().cloned());
        if let Some(press) = &self.press {
            parts.push(format!("{}:\n{}", press.label, press.url));
        }
        parts.push(format!("-- \n{}", self.why));
        parts.join("\n\n") + "\n"
    }
}
