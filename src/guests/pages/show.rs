//! `/g/{code}`: the door for those without a pass, else the page where photos are sent.

use askama::Template;
use poem::http::{StatusCode, header::SET_COOKIE};
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};

use super::super::extract::{Arriving, VISITOR};
use super::super::{Guest, admission, passes};
use super::password::Door;
use crate::app::App;
use crate::events::{self, Event};
use crate::platform::error::Result;
use crate::platform::texts::Locale;
use crate::platform::web::{Frame, Page, cookies};
use crate::tables::events::{Asks, Visibility};

/// The page where photos are sent.
#[derive(Template)]
#[template(path = "guests/pages/show.html")]
struct Show {
    frame: Frame,
    event: Event,
    guest: Guest,
    is_open: bool,
    max_bytes: u64,
}

impl Show {
    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }

    fn asks_name_first(&self) -> bool {
        self.event.asks_name == Asks::Required && self.guest.name.is_empty()
    }

    fn asks_name(&self) -> bool {
        self.event.asks_name != Asks::Off
    }

    fn has_gallery(&self) -> bool {
        self.event.visibility != Visibility::UploadOnly
    }
}

/// Guests of an event without a password get their pass here.
#[handler]
pub async fn show(app: Data<&App>, frame: Frame, arriving: Arriving) -> Result<Response> {
    let frame = in_language_of(frame, &arriving.event, &app);
    let mut response = match &arriving.guest {
        Some(guest) => page(&app, frame, &arriving.event, guest).into_response(),
        None if arriving.event.password_sealed.is_some() => {
            Page(Door::new(frame, arriving.event.clone(), None)).into_response()
        }
        None => {
            let event = &arriving.event;
            let guest = admission::admit_at_once(&app, event, &arriving.address).await?;
            let mut response = page(&app, frame, event, &guest).into_response();
            passes::give_pass(&app, event, &guest, &mut response);
            response
        }
    };
    if arriving.visitor.is_none() {
        let cookie = cookies::set(
            &app.config.http,
            VISITOR,
            &app.rng.public_id(),
            passes::COOKIE_AGE_S,
        );
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
        .headers_mut()
        .insert("x-robots-tag", "noindex".parse().expect("a plain value"));
    Ok(response)
}

fn page(app: &App, frame: Frame, event: &Event, guest: &Guest) -> Page<Show> {
    Page(Show {
        frame,
        is_open: events::accepts_uploads(event, app.clock.now()).is_ok(),
        event: event.clone(),
        guest: guest.clone(),
        max_bytes: app.config.limits.file_bytes,
    })
}

/// The event's language where its host fixed one, else the browser's.
pub(in crate::guests) fn in_language_of(frame: Frame, event: &Event, app: &App) -> Frame {
    match &event.locale {
        Some(locale) => Frame {
            t: app.texts.text(&Locale::new(locale)),
            ..frame
        },
        None => frame,
    }
}

/// An event that is not published yet.
#[derive(Template)]
#[template(path = "guests/pages/unpublished.html")]
struct Unpublished {
    frame: Frame,
}

/// What guests of a draft see instead of "not found": they hold the right code.
pub fn unpublished(frame: Frame) -> Response {
    Page(Unpublished { frame })
        .status(StatusCode::NOT_FOUND)
        .into_response()
}
