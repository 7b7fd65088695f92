//! `/events`: cards of a host's events, and those in the trash.

use std::collections::HashMap;

use askama::Template;
use poem::handler;
use poem::web::Data;

use super::super::store;
use crate::accounts::Host;
use crate::app::App;
use crate::events::{self, Event};
use crate::imaging::RenditionSize;
use crate::media::{self, Rendition};
use crate::platform::error::Result;
use crate::platform::web::{Frame, Page};
use crate::tables::EventId;
use crate::tables::events::EventState;

#[derive(Template)]
#[template(path = "dashboard/pages/index.html")]
struct Index {
    frame: Frame,
    events: Vec<Event>,
    trashed: Vec<Event>,
    covers: HashMap<EventId, String>,
}

impl Index {
    fn cover(&self, event: &Event) -> Option<&str> {
        self.covers.get(&event.id).map(String::as_str)
    }

    fn tile(&self, event: &Event) -> Option<(i8, String)> {
        events::date_tile(event, &self.frame.t)
    }

    fn meta(&self, event: &Event) -> String {
        let kind = self.frame.t.say(events::kind_key(event));
        match events::date_in_words(event, &self.frame.t) {
            Some(date) => format!("{kind} · {date}"),
            None => kind,
        }
    }

    fn counts(&self, event: &Event) -> String {
        let items = event.photos + event.videos;
        let said = self.frame.t.with("events-items", [("count", items.into())]);
        if items == 0 {
            return said;
        }
        format!(
            "{said} · {}",
            self.frame
                .t
                .with("events-guests", [("count", event.guests.into())])
        )
    }
}

/// The page.
#[handler]
pub async fn index(app: Data<&App>, frame: Frame, Host(user): Host) -> Result<Page<Index>> {
    let db = app.db.read();
    let events = events::of_owner(db, user.id).await?;
    let trashed = events::trashed_of_owner(db, user.id).await?;
    let mut covers = HashMap::new();
    for event in events.iter().filter(|event| event.photos > 0) {
        if let Some(item) = store::cover(db, event).await? {
            covers.insert(
                event.id,
                media::link(
                    &app,
                    event,
                    &item,
                    Rendition::Sized(RenditionSize::Px960),
                    frame.now,
                ),
            );
        }
    }
    Ok(Page(Index {
        frame,
        events,
        trashed,
        covers,
    }))
}
