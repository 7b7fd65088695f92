//! What the demo keeps, so that the next run says the same: passwords and the event's code.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::platform::error::{Error, Result};

/// `data_dir/demo.json`, readable for its owner only.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Kept {
    pub admin_password: String,
    pub host_password: String,
    pub event_code: String,
}

impl Kept {
    /// What an earlier run kept; fresh random passwords the first time.
    pub(super) async fn read(app: &App) -> Result<Kept> {
        match tokio::fs::read(path(app)).await {
            Ok(json) => Ok(serde_json::from_slice(&json)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Kept {
                admin_password: app.rng.public_id(),
                host_password: app.rng.public_id(),
                event_code: String::new(),
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps it, whole or not at all.
    pub(super) async fn write(&self, app: &App) -> Result<()> {
        let (path, json) = (path(app), serde_json::to_vec_pretty(self)?);
        #[expect(clippy::disallowed_methods, reason = "on the blocking pool")]
        let write = move || -> std::io::Result<()> {
            use std::io::Write as _;
            use std::os::unix::fs::OpenOptionsExt as _;
            let partial = path.with_extension("json.part");
            let mut options = std::fs::OpenOptions::new();
            let mut file = options
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&partial)?;
            file.write_all(&json)?;
            file.sync_all()?;
            std::fs::rename(partial, path)
        };
        Ok(tokio::task::spawn_blocking(write)
            .await
            .map_err(Error::internal)??)
    }
}

fn path(app: &App) -> PathBuf {
    app.config.data_dir.join("demo.json")
}
