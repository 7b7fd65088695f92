//! `/events/{pid}/share`: link, code, password and QR code of an event.

use askama::Template;
use poem::handler;
use poem::web::Data;

use crate::app::App;
use crate::events::{self, Event, Hosted};
use crate::platform::error::Result;
use crate::platform::web::{Frame, Page};
use crate::sharing;
use crate::tables::events::EventState;

#[derive(Template)]
#[template(path = "sharing/pages/share.html")]
struct Share {
    frame: Frame,
    event: Event,
    url: String,
    code: String,
    join_address: String,
    password: Option<String>,
}

impl Share {
    fn tab(&self) -> &'static str {
        "share"
    }

    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }
}

/// The page.
#[handler]
pub fn show(app: Data<&App>, frame: Frame, Hosted(event): Hosted) -> Result<Page<Share>> {
    let http = &app.config.http;
    Ok(Page(Share {
        frame,
        url: sharing::guest_url(&http.base_url, &event),
        code: sharing::spaced_code(&event),
        join_address: format!("{}/join", http.authority()),
        password: events::password(&app.secrets, &event)?,
        event,
    }))
}
