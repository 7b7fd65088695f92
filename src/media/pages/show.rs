//! `/m/{token}/{rendition}`: one file, by byte ranges, for whoever has a valid link and may see the item.

use std::ops::Range;

use futures::TryStreamExt as _;
use poem::http::{Method, header};
use poem::web::{Data, Path};
use poem::{Body, Request, Response, ResponseBuilder, handler};

use super::disposition::disposition;
use crate::accounts::{MaybeHost, User};
use crate::app::App;
use crate::events::{self, Event};
use crate::guests::{self, Guest};
use crate::imaging::{Kind, RenditionSize};
use crate::media::{Item, Rendition, Viewer, links, store, visible_to};
use crate::platform::error::{Error, Result};
use crate::platform::storage::ByteStream;
use crate::platform::web::ranges::{Served, served};
use crate::tables::keys;
use crate::tables::users::Role;

/// A link names one content for ever, so browsers need never ask again; it is one person's, so nobody between keeps it.
const CACHE: &str = "private, max-age=31536000, immutable";
/// What a guest sent must not do anything, should a browser take it for a page; a browser that shows a file by itself
/// does so with a style of its own.
const POLICY: &str =
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/// Answers GET and HEAD.
///
/// Errors: `NotFound` for whatever is forged, too old, gone, or not to be seen by whoever asks.
#[handler]
pub async fn show(
    request: &Request,
    app: Data<&App>,
    MaybeHost(user): MaybeHost,
    Path((token, name)): Path<(String, String)>,
) -> Result<Response> {
    let rendition = Rendition::parse(&name).ok_or(Error::NotFound)?;
    let opened = links::open(&app.secrets, &token, app.clock.now()).ok_or(Error::NotFound)?;
    let item = store::by_public_id(app.db.read(), &opened.item)
        .await?
        .ok_or(Error::NotFound)?;
    let event = events::by_id(app.db.read(), item.event_id).await?;
    if event.password_version != opened.password_version || event.trashed_at.is_some() {
        return Err(Error::NotFound);
    }
    let guest = guests::pass_in(&app, &event, request).await?;
    let viewer = viewer(&event, user.as_ref(), guest.as_ref()).ok_or(Error::NotFound)?;
    if !store::contains(app.db.read(), visible_to(&viewer), item.id).await? {
        return Err(Error::NotFound);
    }
    let file =
        File::of(&event, &item, rendition, viewer.sees_originals()).ok_or(Error::NotFound)?;
    file.send(&app, request).await
}

fn viewer<'a>(
    event: &'a Event,
    user: Option<&User>,
    guest: Option<&'a Guest>,
) -> Option<Viewer<'a>> {
    match user {
        Some(user) if user.id == event.owner_id => Some(Viewer::Host(event)),
        Some(user) if user.role == Role::Admin => Some(Viewer::Admin(event)),
        _ if !events::is_open_to_guests(event) => None,
        _ => guest.map(|guest| Viewer::Guest(event, guest)),
    }
}

/// What is sent.
struct File {
    key: String,
    /// Strong: content never changes under one item and size.
    etag: String,
    content_type: &'static str,
    name: String,
    /// Known for originals; storage knows it for the others.
    size_bytes: Option<u64>,
}

impl File {
    /// None when there is no such file, or only for others.
    fn of(event: &Event, item: &Item, rendition: Rendition, sees_originals: bool) -> Option<File> {
        let content: String = item
            .sha256
            .iter()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let etag = format!("\"{content}-{}\"", rendition.as_str());
        let (event, id) = (&event.public_id, &item.public_id);
        match rendition {
            Rendition::Original => sees_originals.then(|| File {
                key: keys::original(event, id),
                etag,
                content_type: Kind::parse(&item.format)
                    .map_or("application/octet-stream", Kind::content_type),
                name: item.file_name.clone(),
                size_bytes: u64::try_from(item.size_bytes).ok(),
            }),
            Rendition::Sized(size) => {
                let stem = match item.file_name.rsplit_once('.') {
                    Some((stem, _)) if sees_originals => stem,
                    _ => "photo",
                };
                links::sizes(item).any(|one| one == size).then(|| File {
                    key: keys::rendition(event, id, size.long_edge_px()),
                    etag,
                    content_type: size.content_type(),
                    name: format!("{stem}.{}", extension(size)),
                    size_bytes: None,
                })
            }
        }
    }

    async fn send(&self, app: &App, request: &Request) -> Result<Response> {
        let is_head = *request.method() == Method::HEAD;
        let (size_bytes, whole) = self.measure(app, request, is_head).await?;
        let served = served(request.headers(), &self.etag, size_bytes);
        let answer = self.headers(served.response(&self.etag, size_bytes), request);
        let answer = match &served {
            Served::Unsatisfiable => answer.header(header::CACHE_CONTROL, "no-store"),
            _ => answer.header(header::CACHE_CONTROL, CACHE),
        };
        let range = served.bytes(size_bytes);
        if is_head || range.is_empty() {
            return Ok(answer.finish());
        }
        let bytes = match whole.filter(|_| served == Served::Full) {
            Some(bytes) => bytes,
            None => self.read(app, range).await?,
        };
        Ok(answer.body(Body::from_bytes_stream(bytes.map_err(std::io::Error::from))))
    }

    /// The size, and the bytes where storage gives both at once.
    async fn measure(
        &self,
        app: &App,
        request: &Request,
        is_head: bool,
    ) -> Result<(u64, Option<ByteStream>)> {
        let conditions = [header::RANGE, header::IF_NONE_MATCH];
        let is_plain = !is_head
            && conditions
                .iter()
                .all(|name| !request.headers().contains_key(name));
        match self.size_bytes {
            Some(size_bytes) => Ok((size_bytes, None)),
            None if is_plain => {
                let (info, bytes) = app.storage.get(&self.key).await?;
                Ok((info.size_bytes, Some(bytes)))
            }
            None => {
                let info = app.storage.head(&self.key).await?.ok_or(Error::NotFound)?;
                Ok((info.size_bytes, None))
            }
        }
    }

    async fn read(&self, app: &App, range: Range<u64>) -> Result<ByteStream> {
        Ok(app.storage.get_range(&self.key, range).await?)
    }

    fn headers(&self, answer: ResponseBuilder, request: &Request) -> ResponseBuilder {
        let is_download = request
            .uri()
            .query()
            .is_some_and(|query| query.split('&').any(|one| one == "download"));
        answer
            .content_type(self.content_type)
            .header(
                header::CONTENT_DISPOSITION,
                disposition(is_download, &self.name),
            )
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CONTENT_SECURITY_POLICY, POLICY)
    }
}

fn extension(size: RenditionSize) -> &'static str {
    if size.content_type() == "image/webp" {
        "webp"
    } else {
        "jpg"
    }
}
