//! The key that signs and seals: set by the operator, or made once and kept in `data_dir`.

use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::platform::config::Config;
use crate::platform::error::{Error, Result};
use crate::platform::secrets::Rng;

/// Its file within `data_dir`, readable by its owner only.
const FILE: &str = "secret_key";

/// The settings with a key, made if none was set or kept.
#[expect(
    clippy::disallowed_methods,
    reason = "read once, before anything is served"
)]
pub(super) fn complete(config: Config, rng: &Rng) -> Result<Config> {
    if !config.secret_key.is_empty() {
        return Ok(config);
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data_dir)?;
    let path = config.data_dir.join(FILE);
    let key = match make(&path, &rng.token()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            std::fs::read_to_string(&path)?
        }
        made => made?,
    };
    let key = key.trim();
    if key.len() < 32 {
        return Err(Error::internal(format!(
            "{} holds no whole key; restore it from a backup, or delete it to sign everybody out and make a new one",
            path.display()
        )));
    }
    Ok(config.with_secret_key(key.to_owned()))
}

/// Writes a new file; two processes that begin at once agree on one key.
#[expect(
    clippy::disallowed_methods,
    reason = "done once, before anything is served"
)]
fn make(path: &Path, key: &str) -> io::Result<String> {
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&partial)?;
    file.write_all(format!("{key}\n").as_bytes())?;
    file.sync_all()?;
    // A link refuses to replace: whoever comes second reads the first one's key, which is whole.
    let linked = std::fs::hard_link(&partial, path);
    let _ = std::fs::remove_file(&partial);
    linked.map(|()| key.to_owned())
}
