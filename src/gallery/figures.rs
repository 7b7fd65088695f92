//! `<figure>`s: one item as the page shows it, the contract between server and `justified-gallery`.

use askama::Template;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::imaging::RenditionSize;
use crate::media::{self, Item, Viewer};
use crate::platform::clock::At;
use crate::platform::db::paging::Page;
use crate::platform::texts::Text;
use crate::tables::items::{ItemKind, ItemState, UNDATED};

/// One item, ready to be written.
pub(super) struct Figure {
    pub id: String,
    pub kind: &'static str,
    pub state: &'static str,
    pub width_px: Option<i64>,
    pub height_px: Option<i64>,
    pub duration_ms: Option<i64>,
    pub thumbhash: String,
    /// Time in the event's zone, `2026-07-18T14:02:11`; empty when nobody knows.
    pub taken: String,
    /// The server's order.
    pub sort_ms: i64,
    pub name: String,
    pub size_bytes: i64,
    /// `/m/TOKEN`: files are below.
    pub files: String,
    /// Long edges of the pictures there are.
    pub sizes: Vec<&'static str>,
    /// Pixels of the smallest picture.
    pub small_px: Option<(i64, i64)>,
    pub has_original: bool,
    /// What a screen reader says.
    pub alt: String,
    /// Why it cannot be shown.
    pub failure: Option<String>,
}

impl Figure {
    /// `2026-07-18`.
    pub fn day(&self) -> &str {
        self.taken.get(..10).unwrap_or_default()
    }

    /// The smallest picture with its pixels, if there is one.
    pub fn small(&self) -> Option<(String, i64, i64)> {
        let (size, (width, height)) = (self.sizes.first()?, self.small_px?);
        Some((format!("{}/{size}", self.files), width, height))
    }

    /// What a click leads to: the largest picture, else the original.
    pub fn href(&self) -> Option<String> {
        let largest = self.sizes.last().copied();
        let file = largest.or(self.has_original.then_some("original"))?;
        Some(format!("{}/{file}", self.files))
    }
}

/// Makes figures for one viewer at one moment.
pub(super) struct Drawing<'a> {
    app: &'a App,
    viewer: Viewer<'a>,
    now: At,
    t: &'a Text,
    zone: TimeZone,
    photo: String,
    video: String,
}

impl<'a> Drawing<'a> {
    pub fn new(app: &'a App, viewer: Viewer<'a>, now: At, t: &'a Text) -> Drawing<'a> {
        let zone = TimeZone::get(&viewer.event().zone).unwrap_or(TimeZone::UTC);
        let (photo, video) = (t.say("gallery-photo"), t.say("gallery-video"));
        Drawing {
            app,
            viewer,
            now,
            t,
            zone,
            photo,
            video,
        }
    }

    pub fn figures(&self, items: &[Item]) -> Vec<Figure> {
        items.iter().map(|item| self.figure(item)).collect()
    }

    fn figure(&self, item: &Item) -> Figure {
        let taken = self.taken(item);
        let has_original = self.viewer.sees_originals();
        Figure {
            kind: match item.kind {
                ItemKind::Photo => "photo",
                ItemKind::Video => "video",
            },
            state: match item.state {
                ItemState::Received => "received",
                ItemState::Ready => "ready",
                ItemState::Failed => "failed",
            },
            width_px: item.width_px,
            height_px: item.height_px,
            duration_ms: item.duration_ms,
            thumbhash: item.thumbhash.clone().unwrap_or_default(),
            // A file's name may tell more than its guest knows.
            name: if has_original {
                item.file_name.clone()
            } else {
                String::new()
            },
            size_bytes: item.size_bytes,
            files: media::links(self.app, self.viewer.event(), item, self.now).to_string(),
            sizes: media::sizes(item).map(RenditionSize::as_str).collect(),
            small_px: small_px(item),
            has_original,
            alt: self.alt(item, &taken),
            failure: item.failure.as_deref().map(|code| self.failure(code)),
            id: item.public_id.clone(),
            sort_ms: item.sort_at_ms,
            taken,
        }
    }

    fn taken(&self, item: &Item) -> String {
        if item.sort_at_ms == UNDATED {
            return String::new();
        }
        let local = self.zone.to_datetime(At(item.sort_at_ms).timestamp());
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second()
        )
    }

    fn alt(&self, item: &Item, taken: &str) -> String {
        let what = match item.kind {
            ItemKind::Photo => &self.photo,
            ItemKind::Video => &self.video,
        };
        match taken.get(11..16) {
            Some(time) => format!("{what}, {time}"),
            None => what.clone(),
        }
    }

    fn failure(&self, code: &str) -> String {
        let key = format!("gallery-failure-{}", code.replace('_', "-"));
        if self.t.knows(&key) {
            self.t.say(&key)
        } else {
            self.t.say("gallery-failure")
        }
    }
}

/// The smallest picture has at most 400 px at its long edge and is never enlarged.
fn small_px(item: &Item) -> Option<(i64, i64)> {
    let (width, height) = (item.width_px?, item.height_px?);
    let long = width.max(height).max(1);
    let edge = i64::from(RenditionSize::Px400.long_edge_px()).min(long);
    let scaled = |px: i64| ((px * edge + long / 2) / long).max(1);
    Some((scaled(width), scaled(height)))
}

/// Figures, and the link to the next page after them.
#[derive(Template)]
#[template(path = "gallery/figures.html")]
pub(super) struct Figures {
    pub figures: Vec<Figure>,
    /// Address of the next page.
    pub more: Option<String>,
    pub more_words: String,
}

impl Figures {
    /// A page whose following ones are at `items_url`, which has a query already.
    pub fn of(drawing: &Drawing<'_>, page: &Page<Item>, items_url: &str) -> Figures {
        Figures {
            figures: drawing.figures(&page.rows),
            more: page
                .next
                .map(|cursor| format!("{items_url}&after={cursor}")),
            more_words: drawing.t.say("gallery-more"),
        }
    }

    /// Figures without a way on.
    pub fn bare(figures: Vec<Figure>) -> Figures {
        Figures {
            figures,
            more: None,
            more_words: String::new(),
        }
    }
}
