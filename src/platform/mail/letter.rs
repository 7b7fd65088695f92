//! One letter, and the same as an RFC 5322 message.

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use serde::{Deserialize, Serialize};

use crate::platform::clock::At;

/// What one person is to read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// Which mail of EPU's it is, e.g. `verify`: for the mail log and file names, never shown.
    pub kind: String,
    /// Address of the recipient.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// The words as plain text.
    pub text: String,
    /// The same words as HTML.
    pub html: String,
}

/// A letter with what makes it the same letter at every attempt.
pub(super) struct Stamped {
    /// Row in `mails`.
    pub id: i64,
    /// With angle brackets.
    pub message_id: String,
    /// When it was posted.
    pub posted_at: At,
    /// The words.
    pub letter: Letter,
}

impl Stamped {
    /// The message: plain text and HTML as alternatives. Source: RFC 5322, RFC 2046 §5.1.4.
    pub fn message(
        &self,
        from: Mailbox,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let posted_ms = u64::try_from(self.posted_at.ms()).unwrap_or_default();
        let letter = &self.letter;
        let message = Message::builder()
            .from(from)
            .to(Mailbox::new(None, letter.to.parse()?))
            .subject(letter.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(posted_ms))
            .message_id(Some(self.message_id.clone()))
            .multipart(MultiPart::alternative_plain_html(
                letter.text.clone(),
                letter.html.clone(),
            ))?;
        Ok(message)
    }
}
