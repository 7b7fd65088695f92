//! `/events/{pid}`: the event's own page, its gallery.

use askama::Template;
use poem::handler;
use poem::web::{Data, Query};

use super::answers::{self, Counts, Wanted};
use crate::app::App;
use crate::events::{self, Event, Hosted};
use crate::gallery::figures::Figures;
use crate::gallery::filters::Filter;
use crate::media::Viewer;
use crate::platform::error::Result;
use crate::platform::web::{Frame, Page};
use crate::tables::events::EventState;

#[derive(Template)]
#[template(path = "gallery/pages/show.html")]
struct Show {
    frame: Frame,
    event: Event,
    filter: Filter,
    counts: Counts,
    figures: Figures,
    trash_days: i64,
}

impl Show {
    fn tab(&self) -> &'static str {
        "gallery"
    }

    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }

    fn url(&self, page: &str) -> String {
        events::paths::below(&self.event, page)
    }

    fn filtered(&self, page: &str) -> String {
        answers::with_filter(&self.url(page), self.filter)
    }

    fn chips(&self) -> [(Filter, &'static str, i64); 4] {
        [
            (Filter::All, "gallery-filter-all", self.counts.all),
            (Filter::Photos, "gallery-filter-photos", self.counts.photos),
            (Filter::Videos, "gallery-filter-videos", self.counts.videos),
            (Filter::Trash, "gallery-filter-trash", self.counts.trash),
        ]
    }
}

/// The first page of the gallery.
///
/// Errors: those of `Hosted`; `NotFound` for a cursor that is not ours.
#[handler]
pub async fn show(
    app: Data<&App>,
    frame: Frame,
    Hosted(event): Hosted,
    Query(wanted): Query<Wanted>,
) -> Result<Page<Show>> {
    let items_url = events::paths::below(&event, "items");
    let figures =
        answers::figures(&app, Viewer::Host(&event), &frame.t, &wanted, &items_url).await?;
    Ok(Page(Show {
        counts: Counts::of(&event),
        filter: wanted.filter,
        trash_days: i64::from(app.config.limits.trash_days),
        frame,
        event,
        figures,
    }))
}
