//! `/events/{pid}/items`: one more page of figures.

use poem::web::{Data, Query};
use poem::{Response, handler};

use super::answers::{self, Wanted};
use crate::app::App;
use crate::events::{self, Hosted};
use crate::media::Viewer;
use crate::platform::error::Result;
use crate::platform::web::Frame;

/// A fragment of HTML: figures, and the link to the next ones.
#[handler]
pub async fn index(
    app: Data<&App>,
    frame: Frame,
    Hosted(event): Hosted,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let items_url = events::paths::below(&event, "items");
    let figures =
        answers::figures(&app, Viewer::Host(&event), &frame.t, &wanted, &items_url).await?;
    answers::fragment(&figures)
}
