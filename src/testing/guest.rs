//! What hosts and guests do in many tests: events, and photos sent by tus as a phone sends them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;

use super::answer::Answer;
use super::{Browser, TestApp, rows};
use crate::events::{self, Details, Event};

impl TestApp {
    /// A published event of this host, without a password, whose gallery guests may see.
    pub async fn event(&self, host: &Browser) -> Event {
        self.event_like(
            host,
            Details {
                visibility: "gallery".into(),
                ..rows::wedding()
            },
        )
        .await
    }

    /// A published event of this host with the password `tulip-river-47`.
    pub async fn closed_event(&self, host: &Browser) -> Event {
        let details = Details {
            password: "tulip-river-47".into(),
            visibility: "gallery".into(),
            ..rows::wedding()
        };
        self.event_like(host, details).await
    }

    /// A published event as its form says.
    pub async fn event_like(&self, host: &Browser, details: Details) -> Event {
        let app = &self.app;
        let owner = host.user.as_ref().expect("a host is signed in").id;
        let now = app.clock.now();
        let made = app.db.write(async |tx| {
            let event = events::make(tx, owner, &details, now, &app.rng, &app.secrets).await?;
            events::publish(tx, &event, now).await
        });
        made.await.expect("an event")
    }

    /// A guest who opened this event's link.
    pub async fn guest_of(&self, event: &Event) -> Browser {
        let guest = self.visitor();
        guest.get(&events::paths::guest(event)).await.is(200);
        guest
    }

    /// The event as it is now.
    pub async fn again(&self, event: &Event) -> Event {
        events::by_id(self.app.db.read(), event.id)
            .await
            .expect("the event is there")
    }
}

impl Browser {
    /// Announces a file and returns the answer; its `location` is the upload.
    pub async fn announce(&self, event: &Event, name: &str, length: usize) -> Answer {
        self.ask(Method::POST, &format!("/g/{}/uploads", event.code))
            .as_script()
            .header("tus-resumable", "1.0.0")
            .header("upload-length", &length.to_string())
            .header(
                "upload-metadata",
                &format!("filename {}", STANDARD.encode(name)),
            )
            .send()
            .await
    }

    /// Sends bytes of an upload.
    pub async fn append(&self, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
        self.ask(Method::PATCH, upload)
            .as_script()
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", &offset.to_string())
            .header("content-type", "application/offset+octet-stream")
            .body(bytes.to_vec())
            .send()
            .await
    }

    /// Asks where an upload stands.
    pub async fn standing(&self, upload: &str) -> Answer {
        self.ask(Method::HEAD, upload)
            .as_script()
            .header("tus-resumable", "1.0.0")
            .send()
            .await
    }

    /// Sends a whole file at once; the answer is that of its last byte.
    pub async fn upload(&self, event: &Event, name: &str, bytes: &[u8]) -> Answer {
        let announced = self.announce(event, name, bytes.len()).await;
        announced.is(201);
        let location = announced.header("location").to_owned();
        self.append(&location, 0, bytes).await
    }
}

/// A small JPEG of one colour; another `shade`, other bytes.
pub fn tiny_jpeg(shade: u8) -> Vec<u8> {
    let pixels = [shade, 120, 200].repeat(48 * 32);
    let image = turbojpeg::Image {
        pixels: pixels.as_slice(),
        width: 48,
        pitch: 48 * 3,
        height: 32,
        format: turbojpeg::PixelFormat::RGB,
    };
    turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2)
        .expect("a JPEG")
        .to_vec()
}
