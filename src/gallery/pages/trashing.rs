//! `POST /events/{pid}/trash`: moves items into the trash.

use poem::handler;
use poem::web::Data;
use serde::Deserialize;

use crate::app::App;
use crate::events::{self, Hosted};
use crate::media;
use crate::platform::error::Result;
use crate::platform::web::{Form, Redirect};

/// Public ids of the chosen items.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    /// `items=a&items=b`.
    #[serde(default)]
    pub items: Vec<String>,
}

/// Moves them, and shows the gallery.
#[handler]
pub async fn create(
    app: Data<&App>,
    Hosted(event): Hosted,
    form: Form<Chosen>,
) -> Result<Redirect> {
    let now = app.clock.now();
    app.db
        .write(async |tx| media::trash(tx, &app.hub, &event, &form.0.items, now).await)
        .await?;
    Ok(Redirect::see_other(events::paths::show(&event)))
}
