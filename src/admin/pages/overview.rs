//! `/admin`: the installation at a glance.

use askama::Template;
use poem::handler;
use poem::web::Data;

use super::super::store::{self, Totals};
use crate::accounts::Admin;
use crate::app::App;
use crate::events::{self, Event};
use crate::platform::error::Result;
use crate::platform::jobs::{self, Counts};
use crate::platform::web::{Frame, Page};
use crate::tables::events::EventState;

#[derive(Template)]
#[template(path = "admin/pages/overview.html")]
struct Overview {
    frame: Frame,
    hosts: u64,
    totals: Totals,
    jobs: Counts,
    events: Vec<(Event, String)>,
    dead: Vec<jobs::Dead>,
}

impl Overview {
    fn stored(&self) -> String {
        self.size(&self.totals.stored_bytes.unwrap_or_default())
    }

    fn size(&self, bytes: &i64) -> String {
        self.frame.t.size(u64::try_from(*bytes).unwrap_or(0))
    }
}

/// The page.
#[handler]
pub async fn show(app: Data<&App>, frame: Frame, _admin: Admin) -> Result<Page<Overview>> {
    let db = app.db.read();
    Ok(Page(Overview {
        frame,
        hosts: store::hosts(db).await?,
        totals: store::totals(db).await?,
        jobs: jobs::counts(&app.db, app.clock.now()).await?,
        events: store::newest_events(db, 20).await?,
        dead: jobs::dead(&app.db, 20).await?,
    }))
}
