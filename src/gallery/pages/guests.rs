//! What guests see of the gallery, where its host lets them: the page, further items, changes, news.

use askama::Template;
use poem::web::{Data, Query};
use poem::{FromRequest, Request, RequestBody, Response, handler};

use super::answers::{self, Wanted};
use crate::app::App;
use crate::events::{self, Event};
use crate::gallery::figures::Figures;
use crate::gallery::filters::Filter;
use crate::guests::{Guest, Visiting};
use crate::media::Viewer;
use crate::platform::error::{Error, Result};
use crate::platform::web::{Frame, Page, Web};
use crate::tables::events::Visibility;

/// A guest who may look.
///
/// Errors: those of `Visiting`; `NotFound` at an event whose guests only give.
pub struct Looking {
    event: Event,
    guest: Guest,
}

impl<'a> FromRequest<'a> for Looking {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Visiting { event, guest } = Visiting::from_request(request, body).await?;
        if event.visibility == Visibility::UploadOnly {
            return Err(Error::NotFound.into());
        }
        Ok(Looking { event, guest })
    }
}

/// What a guest asks for; the trash is not theirs.
///
/// Errors: `NotFound` for the trash.
fn allowed(wanted: &Wanted) -> Result<()> {
    if wanted.filter == Filter::Trash {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}

#[derive(Template)]
#[template(path = "gallery/pages/guests.html")]
struct Show {
    frame: Frame,
    event: Event,
    filter: Filter,
    figures: Figures,
}

impl Show {
    fn date(&self) -> Option<String> {
        events::date_in_words(&self.event, &self.frame.t)
    }

    fn url(&self, page: &str) -> String {
        url(&self.event, page)
    }

    fn filtered(&self, page: &str) -> String {
        answers::with_filter(&self.url(page), self.filter)
    }

    fn chips(&self) -> [(Filter, &'static str); 3] {
        [
            (Filter::All, "gallery-filter-all"),
            (Filter::Photos, "gallery-filter-photos"),
            (Filter::Videos, "gallery-filter-videos"),
        ]
    }
}

fn url(event: &Event, page: &str) -> String {
    format!("{}/{page}", events::paths::guest(event))
}

/// `/g/{code}/gallery`.
#[handler]
pub async fn show(
    app: Data<&App>,
    frame: Frame,
    looking: Looking,
    Query(wanted): Query<Wanted>,
) -> Result<Page<Show>> {
    allowed(&wanted)?;
    let Looking { event, guest } = looking;
    let viewer = Viewer::Guest(&event, &guest);
    let figures = answers::figures(&app, viewer, &frame.t, &wanted, &url(&event, "items")).await?;
    Ok(Page(Show {
        frame,
        filter: wanted.filter,
        event,
        figures,
    }))
}

/// `/g/{code}/items`.
#[handler]
pub async fn items(
    app: Data<&App>,
    frame: Frame,
    looking: Looking,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    allowed(&wanted)?;
    let Looking { event, guest } = looking;
    let viewer = Viewer::Guest(&event, &guest);
    answers::fragment(
        &answers::figures(&app, viewer, &frame.t, &wanted, &url(&event, "items")).await?,
    )
}

/// `/g/{code}/changes?since=REVISION`.
#[handler]
pub async fn changes(
    app: Data<&App>,
    frame: Frame,
    looking: Looking,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    allowed(&wanted)?;
    answers::changes(
        &app,
        Viewer::Guest(&looking.event, &looking.guest),
        &frame.t,
        &wanted,
    )
    .await
}

/// `/g/{code}/stream`: ends when guests may no longer look, or need another password.
#[handler]
pub fn stream(web: &Web, app: Data<&App>, looking: Looking) -> Response {
    let password_version = looking.event.password_version;
    answers::stream(web, &app, &looking.event, move |event| {
        events::is_open_to_guests(event)
            && event.visibility != Visibility::UploadOnly
            && event.password_version == password_version
    })
}
