//! Opens everything an [`App`] is made of.

use crate::app::{App, Parts};
use crate::imaging::{Pool, PoolLimits};
use crate::platform::clock::Clock;
use crate::platform::config::{Config, Jobs};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::hub::Hub;
use crate::platform::mail::Mailer;
use crate::platform::secrets::{Rng, Secrets};
use crate::platform::storage::{Storage, StorageSettings};
use crate::platform::texts::Texts;
use crate::platform::turns::Turns;

use super::secret_key;

/// Opens database, storage and mail, and brings the schema up to date.
///
/// Errors: words for the operator.
pub(super) async fn open(config: Config) -> Result<App> {
    let rng = Rng::system();
    let config = secret_key::complete(config, &rng)?;
    let db = db::open(config.database.url.expose(), config.database.connections).await?;
    let steps = db::migrate(&db).await?;
    if steps > 0 {
        tracing::info!(migrations.applied = steps, "the database is up to date now");
    }
    let secrets = Secrets::new(config.secret_key.expose());
    Ok(App::new(Parts {
        storage: Storage::open(&StorageSettings::from(&config.storage))?,
        pool: Pool::new(pool_limits(&config.jobs), Pool::own_program()),
        mailer: Mailer::open(&config, secrets.clone(), rng.clone())?,
        texts: Texts::embedded(),
        turns: Turns::default(),
        secrets,
        config,
        db,
        hub: Hub::default(),
        clock: Clock::system(),
        rng,
    }))
}

fn pool_limits(jobs: &Jobs) -> PoolLimits {
    let defaults = PoolLimits::default();
    PoolLimits {
        children: if jobs.renditions == 0 {
            defaults.children
        } else {
            jobs.renditions
        },
        child_memory_bytes: jobs.decoder_memory_bytes,
        time_ms: jobs.decoder_time_s * 1000,
        ..defaults
    }
}
