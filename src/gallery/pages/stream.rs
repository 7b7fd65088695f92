//! `/events/{pid}/stream`: tells a screen that there is news.

use poem::web::Data;
use poem::{Response, handler};

use super::answers;
use crate::app::App;
use crate::events::Hosted;
use crate::platform::web::Web;

/// Server-sent events `revision`, until the event is moved to the trash.
#[handler]
pub fn show(web: &Web, app: Data<&App>, Hosted(event): Hosted) -> Response {
    answers::stream(web, &app, &event, |event| event.trashed_at.is_none())
}
