//! Opens everything an [`App`] is made of.

use crate::app::{App, Parts};
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::hub::Hub;
use crate::platform::secrets::{Rng, Secrets};

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
    Ok(App::new(Parts {
        secrets: Secrets::new(config.secret_key.expose()),
        config,
        db,
        hub: Hub::default(),
        clock: Clock::system(),
        rng,
    }))
}
