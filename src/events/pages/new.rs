//! `/events/new` and `POST /events`: making an event.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};

use super::fields::Filled;
use crate::accounts::Host;
use crate::app::App;
use crate::events::{self, Details};
use crate::platform::error::{Error, Fields, Result};
use crate::platform::web::{Form, Frame, Page, Redirect};

#[derive(Template)]
#[template(path = "events/pages/new.html")]
struct New {
    frame: Frame,
    form: Filled,
}

/// The form, with a proposed password.
#[handler]
pub fn new(app: Data<&App>, frame: Frame, _host: Host) -> Page<New> {
    let form = Filled::new(
        Details::proposed(&app.rng, "Europe/London"),
        Fields::default(),
        &frame.t,
    );
    Page(New { frame, form })
}

/// Makes a draft and shows how to share it.
#[handler]
pub async fn create(
    app: Data<&App>,
    frame: Frame,
    host: Host,
    form: Form<Details>,
) -> Result<Response> {
    let (now, details) = (app.clock.now(), form.0);
    let made = app
        .db
        .write(async |tx| events::make(tx, host.0.id, &details, now, &app.rng, &app.secrets).await)
        .await;
    match made {
        Ok(event) => {
            tracing::info!(event.id = %event.id, "made an event");
            Ok(Redirect::see_other(events::paths::below(&event, "share")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let form = Filled::new(details, problems, &frame.t);
            Ok(Page(New { frame, form })
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(error) => Err(error),
    }
}
