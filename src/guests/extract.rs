//! Who comes to an event: [`Arriving`] before the password, [`Visiting`] with a pass.

use poem::http::{Method, header};
use poem::web::Data;
use poem::{FromRequest, IntoResponse as _, Request, RequestBody};

use crate::app::App;
use crate::events::{self, Event};
use crate::platform::clock::HOUR_MS;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::web::{Client, Redirect, cookies};
use crate::tables::events::EventState;

use super::admission::{Attempt, Failures};
use super::{Guest, passes, store};

/// The cookie that tells browsers apart before they have a pass.
pub(super) const VISITOR: &str = "visitor";

/// Somebody at an event's door: the path's code is right, the event is open to guests.
///
/// Errors: `NotFound`, or `TooMany` for whoever tries codes; `not_open_yet` for a draft.
pub struct Arriving {
    /// The event.
    pub event: Event,
    /// Their pass, if they have one that still opens the event.
    pub guest: Option<Guest>,
    /// Their browser, for counting failures.
    pub visitor: Option<String>,
    /// Their address, for counting failures.
    pub address: String,
}

impl Arriving {
    /// For counting failures.
    pub(super) fn attempt(&self) -> Attempt<'_> {
        Attempt {
            visitor: self.visitor.as_deref(),
            address: &self.address,
        }
    }
}

impl<'a> FromRequest<'a> for Arriving {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let app = <Data<&App>>::from_request(request, body).await?.0;
        let code = request.raw_path_param("code").unwrap_or_default();
        let visitor = cookies::read(request, VISITOR).map(str::to_owned);
        let address = Client::of(request).household();
        let attempt = Attempt {
            visitor: visitor.as_deref(),
            address: &address,
        };
        let event = find_event(app, code, attempt).await?;
        let guest = passes::pass_in(app, &event, request).await?;
        if let Some(guest) = &guest {
            see(app, guest).await?;
        }
        Ok(Arriving {
            event,
            guest,
            visitor,
            address,
        })
    }
}

/// A guest with a pass, at an event.
///
/// Errors: those of [`Arriving`]; `password_needed` without a pass, which leads people's browsers to the event's door.
pub struct Visiting {
    /// The event.
    pub event: Event,
    /// The guest.
    pub guest: Guest,
}

impl<'a> FromRequest<'a> for Visiting {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Arriving { event, guest, .. } = Arriving::from_request(request, body).await?;
        match guest {
            Some(guest) => Ok(Visiting { event, guest }),
            None if is_page(request) => {
                let door = Redirect::see_other(events::paths::guest(&event)).into_response();
                Err(poem::Error::from_response(door))
            }
            None => Err(Error::from(Refusal::PasswordNeeded).into()),
        }
    }
}

fn is_page(request: &Request) -> bool {
    let accepts = request.header(header::ACCEPT.as_str()).unwrap_or_default();
    request.method() == Method::GET && accepts.contains("text/html")
}

/// The event that guests find under a typed code. Failures are counted, so that codes cannot be tried out.
pub(super) async fn find_event(app: &App, typed: &str, attempt: Attempt<'_>) -> Result<Event> {
    let now = app.clock.now();
    let failures = Failures::of("code", attempt, &app.config.limits);
    let found = match events::normalise_code(typed) {
        Some(code) => events::by_code(app.db.read(), &code).await?,
        None => None,
    };
    match found {
        Some(event) if event.state == EventState::Draft => Err(Refusal::NotOpenYet.into()),
        Some(event) => Ok(event),
        None => {
            failures.check(&app.db, now).await?;
            failures.count(&app.db, now).await?;
            Err(Error::NotFound)
        }
    }
}

/// Remembers that a guest was here, at most once an hour.
async fn see(app: &App, guest: &Guest) -> Result<()> {
    let now = app.clock.now();
    if now.ms() - guest.seen_at.ms() < HOUR_MS {
        return Ok(());
    }
    app.db
        .write(async |tx| store::saw(tx, guest.id, now).await)
        .await
}
