//! What host's and guests' pages of the gallery answer alike.

use askama::Template as _;
use poem::Response;
use poem::http::header;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::gallery::figures::{Drawing, Figures};
use crate::gallery::filters::Filter;
use crate::gallery::{news, store};
use crate::media::Viewer;
use crate::platform::db::paging::Cursor;
use crate::platform::error::{Error, Result};
use crate::platform::texts::Text;
use crate::platform::web::{Web, sse};
use crate::tables::events::Model as Event;

/// The query of pages and fragments: a filter, and where to go on.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    /// Which items.
    #[serde(default)]
    pub filter: Filter,
    /// Where the last page ended.
    #[serde(default)]
    pub after: Option<String>,
    /// The revision a screen stands at.
    #[serde(default)]
    pub since: i64,
}

/// One page of figures; the following ones are at `items_url`.
pub(super) async fn figures(
    app: &App,
    viewer: Viewer<'_>,
    t: &Text,
    wanted: &Wanted,
    items_url: &str,
) -> Result<Figures> {
    let after = wanted
        .after
        .as_deref()
        .map(str::parse::<Cursor>)
        .transpose()?;
    let page = store::page(app.db.read(), &viewer, wanted.filter, after).await?;
    let drawing = Drawing::new(app, viewer, app.clock.now(), t);
    Ok(Figures::of(
        &drawing,
        &page,
        &with_filter(items_url, wanted.filter),
    ))
}

/// `url?filter=…`.
pub(super) fn with_filter(url: &str, filter: Filter) -> String {
    format!("{url}?filter={}", filter.as_str())
}

/// Figures alone, as HTML.
pub(super) fn fragment(figures: &Figures) -> Result<Response> {
    let html = figures.render().map_err(Error::internal)?;
    let answer = Response::builder().content_type("text/html; charset=utf-8");
    Ok(answer
        .header(header::CACHE_CONTROL, "private, no-cache")
        .body(html))
}

/// Numbers of items, from the event's own counters.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Counts {
    pub all: i64,
    pub photos: i64,
    pub videos: i64,
    pub trash: i64,
}

impl Counts {
    pub fn of(event: &Event) -> Counts {
        Counts {
            all: event.photos + event.videos,
            photos: event.photos,
            videos: event.videos,
            trash: event.trashed_items,
        }
    }
}

/// What a screen is told about changes: the element's `Changes`.
#[derive(Serialize)]
struct Told {
    revision: i64,
    more: bool,
    html: String,
    gone: Vec<String>,
    counts: serde_json::Value,
}

/// What changed since a revision, as JSON; guests are told no counts, which would count what they cannot see.
pub(super) async fn changes(
    app: &App,
    viewer: Viewer<'_>,
    t: &Text,
    wanted: &Wanted,
) -> Result<Response> {
    let changes = store::changes(app.db.read(), &viewer, wanted.filter, wanted.since).await?;
    let drawing = Drawing::new(app, viewer, app.clock.now(), t);
    let html = Figures::bare(drawing.figures(&changes.shown))
        .render()
        .map_err(Error::internal)?;
    let counts = match viewer {
        Viewer::Guest(..) => serde_json::json!({}),
        _ => serde_json::to_value(Counts::of(viewer.event()))?,
    };
    let told = Told {
        revision: changes.revision,
        more: changes.has_more,
        html,
        gone: changes.gone,
        counts,
    };
    let answer = Response::builder().content_type("application/json");
    Ok(answer
        .header(header::CACHE_CONTROL, "no-store")
        .body(serde_json::to_string(&told)?))
}

/// The event's revisions as they grow, as server-sent events.
pub(super) fn stream(
    web: &Web,
    app: &App,
    event: &Event,
    may_watch: impl Fn(&Event) -> bool + Send + Sync + 'static,
) -> Response {
    use futures::StreamExt as _;
    let revisions = news::revisions(app.clone(), event.id, may_watch);
    sse(
        web,
        revisions.map(|revision| ("revision".to_owned(), revision.to_string())),
    )
}
