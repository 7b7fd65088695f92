//! Who sends: a guest at an event that is open to guests.

use poem::{FromRequest, Request, RequestBody, Response};

use crate::app::App;
use crate::events::Event;
use crate::guests::{self, Arriving, Guest};
use crate::platform::error::{Error, Refusal, Result};
use crate::uploads::{self, Upload};

/// A sender. Scripts that keep no cookies may send to an event without a password; for them the unguessable
/// address of an upload is enough. Whoever shows a pass reaches only their own uploads.
pub struct Sender {
    pub(super) event: Event,
    guest: Option<Guest>,
    address: String,
}

impl<'a> FromRequest<'a> for Sender {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Arriving {
            event,
            guest,
            address,
            ..
        } = Arriving::from_request(request, body).await?;
        if guest.is_none() && event.password_sealed.is_some() {
            return Err(Error::from(Refusal::PasswordNeeded).into());
        }
        Ok(Sender {
            event,
            guest,
            address,
        })
    }
}

impl Sender {
    /// The sender's pass, made now for one without.
    pub(super) async fn guest_or_new(&self, app: &App) -> Result<Guest> {
        match &self.guest {
            Some(guest) => Ok(guest.clone()),
            None => guests::admit_at_once(app, &self.event, &self.address).await,
        }
    }

    /// Puts a pass made by [`guest_or_new`](Sender::guest_or_new) into the sender's browser.
    pub(super) fn remember(&self, app: &App, guest: &Guest, response: &mut Response) {
        if self.guest.is_none() {
            guests::give_pass(app, &self.event, guest, response);
        }
    }

    /// The sender's upload. Errors: `NotFound`.
    pub(super) async fn upload(&self, app: &App, id: &str) -> Result<Upload> {
        let guest = self.guest.as_ref().map(|guest| guest.id);
        uploads::of_sender(app.db.read(), self.event.id, guest, id).await
    }
}
