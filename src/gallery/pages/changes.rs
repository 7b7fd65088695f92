//! `/events/{pid}/changes?since=REVISION`: what a screen missed.

use poem::web::{Data, Query};
use poem::{Response, handler};

use super::answers::{self, Wanted};
use crate::app::App;
use crate::events::Hosted;
use crate::media::Viewer;
use crate::platform::error::Result;
use crate::platform::web::Frame;

/// JSON: figures that changed, ids of those that are gone, counts.
#[handler]
pub async fn index(
    app: Data<&App>,
    frame: Frame,
    Hosted(event): Hosted,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    answers::changes(&app, Viewer::Host(&event), &frame.t, &wanted).await
}
