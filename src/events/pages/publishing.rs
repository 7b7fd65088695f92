//! `POST /events/{pid}/publish`.

use poem::handler;
use poem::web::Data;

use crate::app::App;
use crate::events::{self, Hosted};
use crate::platform::error::Result;
use crate::platform::web::Redirect;

/// Publishes the event and shows how to share it.
#[handler]
pub async fn create(app: Data<&App>, Hosted(event): Hosted) -> Result<Redirect> {
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            events::publish(tx, &event, now).await?;
            events::touch_and_tell(tx, &app.hub, event.id).await
        })
        .await?;
    Ok(Redirect::see_other(events::paths::below(&event, "share")))
}
