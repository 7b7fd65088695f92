//! `/`: what EPU is, and the two ways in.

use askama::Template;
use poem::{IntoResponse as _, Response, handler};

use crate::accounts::MaybeHost;
use crate::platform::web::{Frame, Page, Redirect};

#[derive(Template)]
#[template(path = "site/home.html")]
struct Home {
    frame: Frame,
}

/// The start page; whoever is signed in goes on to their events.
#[handler]
pub fn show(frame: Frame, MaybeHost(host): MaybeHost) -> Response {
    match host {
        Some(_) => Redirect::see_other(crate::events::paths::INDEX).into_response(),
        None => Page(Home { frame }).into_response(),
    }
}
