//! Every job and every schedule, on one page.
//!
//! `.on("kind", policy, handler)` for jobs, `.every("name", interval_ms, handler)` for schedules; the
//! handlers stand in the features' `jobs.rs`.

use crate::accounts;
use crate::app::App;
use crate::platform::clock::{HOUR_MS, MINUTE_MS, SECOND_MS};
use crate::platform::jobs::{Failure, JobContext, Policy, Registry, Tools, Worker};
use crate::platform::{limits, mail};
use crate::{events, media, uploads};

/// Everything that is done outside of requests.
pub fn registry() -> Registry<App> {
    Registry::new()
        .on(mail::KIND, MAIL, deliver_mail)
        .on(media::jobs::RENDITIONS, RENDITIONS, media::jobs::renditions)
        .on(
            media::jobs::ERASE_FILES,
            Policy::default(),
            media::jobs::erase_files,
        )
        .on(events::ZONE_CHANGED, Policy::default(), media::jobs::resort)
        .every("accounts.sweep", HOUR_MS, sweep_accounts)
        .every("media.sweep", MINUTE_MS, sweep_media)
        .every("media.purge", HOUR_MS, purge_media)
        .every("uploads.sweep", 10 * MINUTE_MS, sweep_uploads)
        .every("limits.forget", HOUR_MS, forget_limits)
}

/// The worker of the instance named `instance`.
pub fn worker(app: &App, instance: &str) -> Worker<App> {
    let tools = Tools {
        db: app.db.clone(),
        hub: app.hub.clone(),
        clock: app.clock.clone(),
        rng: app.rng.clone(),
        instance: instance.to_owned(),
    };
    Worker::new(registry(), app.clone(), tools)
}

/// Tried for about a day and a half: mail servers greylist, restart and fill up.
const MAIL: Policy = Policy {
    attempts: 20,
    timeout_ms: 2 * MINUTE_MS,
    concurrency: 4,
    lease_ms: 30 * SECOND_MS,
    backoff_ms: 5 * SECOND_MS,
    backoff_most_ms: 3 * HOUR_MS,
};

/// A child holds a whole photo in memory, so few at a time; see `jobs.renditions` and `Pool`.
const RENDITIONS: Policy = Policy {
    attempts: 5,
    timeout_ms: 5 * MINUTE_MS,
    concurrency: 2,
    lease_ms: 30 * SECOND_MS,
    backoff_ms: 2 * SECOND_MS,
    backoff_most_ms: 10 * MINUTE_MS,
};

async fn deliver_mail(app: App, _: JobContext, mail: i64) -> Result<(), Failure> {
    let now = app.clock.now();
    app.mailer.deliver(&app.db, mail, now).await
}

async fn sweep_accounts(app: App) -> crate::platform::error::Result<()> {
    accounts::sweep(&app).await
}

async fn sweep_media(app: App) -> crate::platform::error::Result<()> {
    media::sweep(&app).await.map(drop)
}

async fn purge_media(app: App) -> crate::platform::error::Result<()> {
    media::purge(&app).await.map(drop)
}

async fn sweep_uploads(app: App) -> crate::platform::error::Result<()> {
    uploads::jobs::sweep(&app, app.clock.now()).await
}

async fn forget_limits(app: App) -> crate::platform::error::Result<()> {
    let before = app.clock.now().plus_ms(-24 * HOUR_MS);
    limits::forget(&app.db, before).await?;
    Ok(())
}
