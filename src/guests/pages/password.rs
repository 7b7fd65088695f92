//! `/g/{code}/password`: the door of an event with a password.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};
use serde::Deserialize;

use super::super::extract::Arriving;
use super::super::{admission, passes};
use super::show::in_language_of;
use crate::app::App;
use crate::events::{self, Event};
use crate::platform::error::{Error, Result};
use crate::platform::web::{Form, Frame, Page, Redirect};

/// The page that asks for the password.
#[derive(Template)]
#[template(path = "guests/pages/password.html")]
pub(super) struct Door {
    frame: Frame,
    event: Event,
    problem: Option<String>,
}

impl Door {
    pub(super) fn new(frame: Frame, event: Event, problem: Option<String>) -> Door {
        Door {
            frame,
            event,
            problem,
        }
    }

    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }
}

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    password: String,
}

/// Gives a pass to whoever knows the password.
#[handler]
pub async fn create(
    app: Data<&App>,
    frame: Frame,
    arriving: Arriving,
    form: Form<Typed>,
) -> Result<Response> {
    let event = &arriving.event;
    let admitted =
        admission::admit_by_password(&app, event, &form.0.password, arriving.attempt()).await;
    match admitted {
        Ok(guest) => {
            let mut response = Redirect::see_other(events::paths::guest(event)).into_response();
            passes::give_pass(&app, event, &guest, &mut response);
            Ok(response)
        }
        Err(Error::Invalid(fields)) => {
            let frame = in_language_of(frame, event, &app);
            let problem = fields.problem("password").map(|key| frame.t.say(key));
            let door = Door::new(frame, event.clone(), problem);
            Ok(Page(door)
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(error) => Err(error),
    }
}
