//! `/events/{pid}/edit` and `POST /events/{pid}`: an event's settings.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse as _, Response, handler};

use super::fields::Filled;
use crate::app::App;
use crate::events::{self, Details, Event, Hosted};
use crate::platform::error::{Error, Fields, Result};
use crate::platform::web::{Form, Frame, Page, Redirect};
use crate::tables::events::EventState;

#[derive(Template)]
#[template(path = "events/pages/edit.html")]
struct Edit {
    frame: Frame,
    event: Event,
    form: Filled,
}

impl Edit {
    fn tab(&self) -> &'static str {
        "settings"
    }

    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }
}

/// The settings.
#[handler]
pub fn edit(app: Data<&App>, frame: Frame, Hosted(event): Hosted) -> Result<Page<Edit>> {
    let form = Filled::new(
        Details::of(&event, &app.secrets)?,
        Fields::default(),
        &frame.t,
    );
    Ok(Page(Edit { frame, event, form }))
}

/// Keeps them; screens that show the event are told.
#[handler]
pub async fn update(
    app: Data<&App>,
    frame: Frame,
    Hosted(event): Hosted,
    form: Form<Details>,
) -> Result<Response> {
    let details = form.0;
    let edited = app
        .db
        .write(async |tx| {
            let edited = events::edit(tx, &event, &details, &app.rng, &app.secrets).await?;
            if edited.zone != event.zone {
                events::zone_changed(tx, &edited, app.clock.now()).await?;
            }
            events::touch_and_tell(tx, &app.hub, edited.id).await?;
            Ok(edited)
        })
        .await;
    match edited {
        Ok(event) => Ok(Redirect::see_other(events::paths::show(&event)).into_response()),
        Err(Error::Invalid(problems)) => {
            let form = Filled::new(details, problems, &frame.t);
            Ok(Page(Edit { frame, event, form })
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(error) => Err(error),
    }
}
