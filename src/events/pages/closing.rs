//! `POST /events/{pid}/closing` and `/reopening`.

use poem::handler;
use poem::web::Data;

use crate::app::App;
use crate::events::{self, Hosted};
use crate::platform::error::Result;
use crate::platform::web::Redirect;

/// Ends uploads.
#[handler]
pub async fn create(app: Data<&App>, Hosted(event): Hosted) -> Result<Redirect> {
    app.db
        .write(async |tx| {
            events::close(tx, &event).await?;
            events::touch_and_tell(tx, &app.hub, event.id).await
        })
        .await?;
    Ok(Redirect::see_other(events::paths::show(&event)))
}

/// Takes uploads again.
#[handler]
pub async fn destroy(app: Data<&App>, Hosted(event): Hosted) -> Result<Redirect> {
    app.db
        .write(async |tx| {
            events::reopen(tx, &event).await?;
            events::touch_and_tell(tx, &app.hub, event.id).await
        })
        .await?;
    Ok(Redirect::see_other(events::paths::show(&event)))
}
