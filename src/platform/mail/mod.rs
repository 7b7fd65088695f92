//! Mail, at least once: a letter is a row (sealed, for it holds addresses and links) and a job in the
//! transaction that wants it sent; the job hands it to SMTP or writes it to a folder.
//!
//! A letter keeps its Message-ID over all attempts, so that a mail server can drop the second copy.

mod folder;
mod layout;
mod letter;
mod outgoing;
mod smtp;

pub use layout::{Layout, Press};
pub use letter::Letter;
pub use outgoing::{KIND, Unsent, forget};

use lettre::Message;
use lettre::message::Mailbox;

use super::config::Config;
use super::error::{Error, Result};
use super::secrets::{Rng, Secrets};

/// Posts letters and hands them over. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    from: Mailbox,
    /// The part of a Message-ID behind the `@`.
    domain: String,
    secrets: Secrets,
    rng: Rng,
}

/// How mail leaves.
#[derive(Clone)]
enum Way {
    Smtp(smtp::Relay),
    Folder(folder::Folder),
}

impl Mailer {
    /// Opens what `mail.url` names: `smtp://`, `smtps://` or `folder:PATH`. Connects to nothing yet.
    ///
    /// To be opened and dropped within the runtime: SMTP keeps a pool of connections.
    ///
    /// Errors: `Internal` in words for the operator, when the URL or `mail.from` makes no sense.
    pub fn open(config: &Config, secrets: Secrets, rng: Rng) -> Result<Mailer> {
        let url = config.mail.url.expose();
        let way = if let Some(path) = url.strip_prefix("folder:") {
            Way::Folder(folder::Folder::new(path))
        } else if url.starts_with("smtp://") || url.starts_with("smtps://") {
            Way::Smtp(smtp::Relay::open(url)?)
        } else {
            return Err(Error::internal(
                "mail.url must begin with `smtp://`, `smtps://` or `folder:`",
            ));
        };
        let from = config.mail.from.parse().map_err(|error| {
            Error::internal(format!(
                "mail.from must be an address like `EPU <epu@example.org>`: {error}"
            ))
        })?;
        let authority = config.http.authority();
        let domain = authority.split(':').next().unwrap_or(authority).to_owned();
        Ok(Mailer {
            way,
            from,
            domain,
            secrets,
            rng,
        })
    }

    /// Whether mail could be handed over now: the server greets and lets us in, or the folder can be written.
    pub async fn check(&self) -> Result<()> {
        match &self.way {
            Way::Smtp(relay) => relay.check().await,
            Way::Folder(folder) => folder.check().await,
        }
    }

    /// Hands one letter over.
    async fn hand_over(&self, mail: &letter::Stamped) -> Result<(), Unsent> {
        let message: Message = mail
            .message(self.from.clone())
            .map_err(|error| Unsent::Never(format!("cannot be written as a mail: {error}")))?;
        match &self.way {
            Way::Smtp(relay) => relay.send(message).await,
            Way::Folder(folder) => folder.keep(mail, &message.formatted()).await,
        }
    }
}

#[cfg(test)]
mod tests;
