//! `POST /events/{pid}/trashing` and `/restoring`.

use poem::handler;
use poem::web::Data;

use crate::app::App;
use crate::events::{self, Hosted, HostedAnywhere};
use crate::platform::error::Result;
use crate::platform::web::Redirect;

/// Moves the event to the trash.
#[handler]
pub async fn create(app: Data<&App>, Hosted(event): Hosted) -> Result<Redirect> {
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            events::trash(tx, &event, now).await?;
            events::touch_and_tell(tx, &app.hub, event.id).await
        })
        .await?;
    Ok(Redirect::see_other(events::paths::INDEX))
}

/// Takes it out of the trash.
#[handler]
pub async fn destroy(app: Data<&App>, HostedAnywhere(event): HostedAnywhere) -> Result<Redirect> {
    app.db
        .write(async |tx| {
            events::restore(tx, &event).await?;
            events::touch_and_tell(tx, &app.hub, event.id).await
        })
        .await?;
    Ok(Redirect::see_other(events::paths::show(&event)))
}
