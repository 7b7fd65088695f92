//! Every job and every schedule, on one page.
//!
//! `.on("kind", policy, handler)` for jobs, `.every("name", interval_ms, handler)` for schedules; the
//! handlers stand in the features' `jobs.rs`.

use crate::app::App;
use crate::platform::clock::HOUR_MS;
use crate::platform::jobs::{Registry, Tools, Worker};
use crate::platform::limits;

/// Everything that is done outside of requests.
pub fn registry() -> Registry<App> {
    Registry::new().every("limits.forget", HOUR_MS, forget_limits)
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

async fn forget_limits(app: App) -> crate::platform::error::Result<()> {
    let before = app.clock.now().plus_ms(-24 * HOUR_MS);
    limits::forget(&app.db, before).await?;
    Ok(())
}
