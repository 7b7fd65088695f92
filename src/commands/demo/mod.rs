//! `epu demo`: an admin, a host and a published event with photos in it. Run again, it says the same.

mod kept;
mod pictures;

use std::net::IpAddr;

use clap::Args;
use serde_json::json;

use crate::accounts;
use crate::app::App;
use crate::events::{self, Details, Event};
use crate::guests;
use crate::platform::error::{Error, Result};
use crate::tables::UserId;
use crate::tables::users::Role;
use crate::uploads::{self, Announcement};
use kept::Kept;
use pictures::SCENES;

/// How the demo is made and told.
#[derive(Args)]
pub(super) struct Demo {
    /// One JSON object instead of words.
    #[arg(long)]
    json: bool,
    /// Also where the public address is not this machine: everybody there can then sign in with what is printed.
    #[arg(long)]
    force: bool,
}

const ADMIN: &str = "admin@demo.example";
const HOST: &str = "host@demo.example";

/// Makes what is missing and prints how to get in.
pub(super) async fn run(app: &App, arguments: &Demo) -> Result<()> {
    let base_url = &app.config.http.base_url;
    if !is_loopback(base_url) && !arguments.force {
        return Err(Error::internal(format!(
            "{base_url} is not this machine: sample accounts do not belong on a public address. `--force` makes them all the same"
        )));
    }
    let mut kept = Kept::read(app).await?;
    kept.write(app).await?;
    accounts::ensure_user(
        app,
        ADMIN,
        ("Ada", "Admin"),
        &kept.admin_password,
        Role::Admin,
    )
    .await?;
    let host = accounts::ensure_user(
        app,
        HOST,
        ("Hanna", "Host"),
        &kept.host_password,
        Role::Host,
    )
    .await?;
    let event = ensure_event(app, host.id, &kept.event_code).await?;
    kept.event_code = event.code.clone();
    kept.write(app).await?;
    ensure_photos(app, &event).await?;

    let guest_url = crate::sharing::guest_url(base_url, &event);
    if arguments.json {
        let told = json!({
            "base_url": base_url,
            "admin": { "email": ADMIN, "password": kept.admin_password },
            "host": { "email": HOST, "password": kept.host_password },
            "event": { "code": event.code, "guest_url": guest_url },
        });
        println!("{told}");
    } else {
        println!("EPU      {base_url}");
        println!("Admin    {ADMIN}  {}", kept.admin_password);
        println!("Host     {HOST}  {}", kept.host_password);
        println!("Event    {guest_url}");
    }
    Ok(())
}

fn is_loopback(base_url: &str) -> bool {
    let host = base_url
        .parse::<http::Uri>()
        .ok()
        .and_then(|url| url.host().map(str::to_owned));
    let host = host.unwrap_or_default();
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

async fn ensure_event(app: &App, host: UserId, code: &str) -> Result<Event> {
    if let Some(event) = events::by_code(app.db.read(), code).await?
        && event.owner_id == host
    {
        return Ok(event);
    }
    let details = Details {
        name: "Mara & Jonas".into(),
        kind: "wedding".into(),
        date: "2026-07-18".into(),
        zone: "Europe/Berlin".into(),
        welcome: "Thank you for being here. Send us what you saw today.".into(),
        visibility: "gallery".into(),
        ..Details::default()
    };
    let now = app.clock.now();
    app.db
        .write(async |tx| {
            let event = events::make(tx, host, &details, now, &app.rng, &app.secrets).await?;
            events::publish(tx, &event, now).await
        })
        .await
}

/// Sends the pictures as a guest would; what is there already is joined, not doubled.
async fn ensure_photos(app: &App, event: &Event) -> Result<()> {
    if event.photos + event.trashed_items >= SCENES.len() as i64 {
        return Ok(());
    }
    let now = app.clock.now();
    let guest = app
        .db
        .write(async |tx| {
            let guest = guests::admit(tx, event, now, &app.rng).await?;
            guests::rename(tx, event, &guest, "Aunt Rosa").await?;
            Ok(guest)
        })
        .await?;
    for scene in SCENES {
        let jpeg = tokio::task::spawn_blocking(|| pictures::jpeg(scene))
            .await
            .map_err(Error::internal)??;
        let announcement = Announcement {
            length_bytes: jpeg.len() as u64,
            file_name: scene.name.to_owned(),
            modified_ms: None,
        };
        let upload = uploads::announce(app, event, guest.id, &announcement).await?;
        let body = futures::stream::iter([Ok(bytes::Bytes::from(jpeg))]);
        uploads::append(app, event, &upload, 0, None, body).await?;
    }
    Ok(())
}
