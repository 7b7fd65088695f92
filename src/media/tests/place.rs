//! An event with room for photos, its host, and guests; for the tests of media and gallery.

use bytes::Bytes;

use crate::app::App;
use crate::events::{self, Details, Event};
use crate::guests::{self, Guest};
use crate::imaging::Kind;
use crate::imaging::tests::fixtures;
use crate::media::{self, Item, NewItem, Received, Rendition, receive};
use crate::platform::clock::At;
use crate::tables::{UserId, keys};
use crate::testing::app::{NOON, TestApp};
use crate::testing::browser::Browser;
use crate::testing::rows;

/// When every test begins.
pub(crate) const NOW: At = NOON;

/// A published wedding in Berlin without a password.
pub(crate) struct Place {
    /// The whole program.
    pub test: TestApp,
    /// The same as `test.app`.
    pub app: App,
    pub host: Browser,
    pub event: Event,
}

impl Place {
    pub async fn new() -> Place {
        Place::with(Details::default()).await
    }

    /// With the visibility, moderation and password of `details`.
    pub async fn with(details: Details) -> Place {
        let test = TestApp::new().await;
        let app = test.app.clone();
        let host = test.host().await;
        let owner = host.user.as_ref().expect("signed in").id;
        let details = Details {
            visibility: details.visibility,
            moderation: details.moderation,
            password: details.password,
            ..rows::wedding()
        };
        let event = event(&app, owner, &details).await;
        Place {
            test,
            app,
            host,
            event,
        }
    }

    /// Guests see everything.
    pub async fn open() -> Place {
        Place::with(Details {
            visibility: "gallery".into(),
            ..Details::default()
        })
        .await
    }

    /// Another host's event.
    pub async fn elsewhere(&self) -> Event {
        let other = self
            .test
            .host_named("other@example.com", "Olga", "Other")
            .await;
        event(
            &self.app,
            other.user.expect("signed in").id,
            &rows::wedding(),
        )
        .await
    }

    /// A guest without a browser.
    pub async fn guest(&self) -> Guest {
        guest(&self.app, &self.event).await
    }

    /// A guest's browser with a pass.
    pub async fn visit(&self, guest: &Guest) -> Browser {
        visit(&self.test, &self.event, guest)
    }

    /// The event as it is now.
    pub async fn fresh(&self) -> Event {
        events::by_id(self.app.db.read(), self.event.id)
            .await
            .expect("the event")
    }

    /// The item as it is now.
    pub async fn now(&self, item: &Item) -> Item {
        media::by_id(self.app.db.read(), item.id)
            .await
            .expect("the item")
    }

    pub async fn give(&self, guest: Option<&Guest>, content: &str) -> Received {
        self.give_kind(guest, content, Kind::Jpeg).await
    }

    pub async fn give_kind(&self, guest: Option<&Guest>, content: &str, kind: Kind) -> Received {
        give(&self.app, &self.event, guest, content.as_bytes(), kind).await
    }

    /// A photo of this size, with its renditions made.
    pub async fn photo(&self, guest: Option<&Guest>, width: u32, height: u32) -> Item {
        let jpeg = fixtures::jpeg(&fixtures::corners(width, height), 80);
        let item = give(&self.app, &self.event, guest, &jpeg, Kind::Jpeg)
            .await
            .item()
            .clone();
        self.test.work().await;
        self.now(&item).await
    }

    pub async fn trash(&self, items: &[&Item]) -> usize {
        let (app, ids) = (&self.app, ids(items));
        let done = app
            .db
            .write(async |tx| media::trash(tx, &app.hub, &self.event, &ids, app.clock.now()).await);
        done.await.expect("moved into the trash")
    }

    pub async fn restore(&self, items: &[&Item]) -> usize {
        let (app, ids) = (&self.app, ids(items));
        let done = app
            .db
            .write(async |tx| media::restore(tx, &app.hub, &self.event, &ids).await);
        done.await.expect("restored")
    }

    /// The link to a file, made now.
    pub async fn link(&self, item: &Item, rendition: &str) -> String {
        let rendition = Rendition::parse(rendition).expect("a rendition");
        media::link(
            &self.app,
            &self.fresh().await,
            item,
            rendition,
            self.app.clock.now(),
        )
    }
}

/// Public ids.
pub(crate) fn ids(items: &[&Item]) -> Vec<String> {
    items.iter().map(|item| item.public_id.clone()).collect()
}

async fn event(app: &App, owner: UserId, details: &Details) -> Event {
    let made = app.db.write(async |tx| {
        let event = events::make(tx, owner, details, NOW, &app.rng, &app.secrets).await?;
        events::publish(tx, &event, NOW).await
    });
    made.await.expect("published")
}

pub(crate) async fn guest(app: &App, event: &Event) -> Guest {
    let admitted = app
        .db
        .write(async |tx| guests::admit(tx, event, NOW, &app.rng).await);
    admitted.await.expect("admitted")
}

/// A browser that carries this guest's pass.
pub(crate) fn visit(test: &TestApp, event: &Event, guest: &Guest) -> Browser {
    let mut answer = poem::Response::default();
    guests::give_pass(&test.app, event, guest, &mut answer);
    let cookie = answer.headers()["set-cookie"]
        .to_str()
        .expect("ASCII")
        .to_owned();
    let (name, rest) = cookie.split_once('=').expect("a name");
    let browser = test.visitor();
    browser.keep(name, rest.split(';').next().unwrap_or_default());
    browser
}

/// A finished upload of this content, its bytes in storage.
pub(crate) async fn give(
    app: &App,
    event: &Event,
    guest: Option<&Guest>,
    content: &[u8],
    kind: Kind,
) -> Received {
    use sha2::Digest as _;
    let public_id = app.rng.public_id();
    let key = keys::original(&event.public_id, &public_id);
    let stored = app
        .storage
        .put(&key, Bytes::copy_from_slice(content), kind.content_type());
    stored.await.expect("stored");
    let new = NewItem {
        event,
        guest: guest.map(|guest| guest.id),
        public_id: &public_id,
        kind,
        sha256: sha2::Sha256::digest(content).into(),
        crc32: crc32fast::hash(content),
        size_bytes: content.len() as u64,
        file_name: "cake é.jpg",
        modified_ms: None,
    };
    let now = app.clock.now();
    app.db
        .write(async |tx| receive(tx, &app.hub, new, now).await)
        .await
        .expect("received")
}
