//! `/g/{code}/name`: the name shown with a guest's photos.

use poem::handler;
use poem::web::Data;
use serde::Deserialize;

use super::super::extract::Visiting;
use super::super::naming;
use crate::app::App;
use crate::events;
use crate::platform::error::Result;
use crate::platform::web::{Form, Redirect};

/// What was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
}

/// Keeps the name and goes back to the event's page.
#[handler]
pub async fn update(app: Data<&App>, visiting: Visiting, form: Form<Typed>) -> Result<Redirect> {
    let Visiting { event, guest } = visiting;
    app.db
        .write(async |tx| naming::rename(tx, &event, &guest, &form.0.name).await)
        .await?;
    Ok(Redirect::see_other(events::paths::guest(&event)))
}
