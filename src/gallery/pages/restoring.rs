//! `POST /events/{pid}/restore`: takes items out of the trash.

use poem::handler;
use poem::web::Data;

use super::trashing::Chosen;
use crate::app::App;
use crate::events::{self, Hosted};
use crate::media;
use crate::platform::error::Result;
use crate::platform::web::{Form, Redirect};

/// Takes them back, and shows the gallery.
#[handler]
pub async fn create(
    app: Data<&App>,
    Hosted(event): Hosted,
    form: Form<Chosen>,
) -> Result<Redirect> {
    app.db
        .write(async |tx| media::restore(tx, &app.hub, &event, &form.0.items).await)
        .await?;
    Ok(Redirect::see_other(events::paths::show(&event)))
}
