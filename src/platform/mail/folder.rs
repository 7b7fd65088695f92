//! Mail into a folder: what happens until an SMTP server is configured.

use std::path::PathBuf;

use tokio::io::AsyncWriteExt as _;

use super::Unsent;
use super::letter::Stamped;
use crate::platform::error::Result;

/// A folder with one `.eml` file per mail, for its owner only (mode 0600).
#[derive(Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`; made with the first mail.
    pub fn new(path: &str) -> Self {
        Folder(PathBuf::from(path))
    }

    /// Whether it can be written.
    pub async fn check(&self) -> Result<()> {
        let probe = self.0.join(".check");
        self.write(&probe, b"").await?;
        tokio::fs::remove_file(&probe).await?;
        Ok(())
    }

    /// Writes one mail. The name sorts by time; a second attempt replaces the first.
    pub async fn keep(&self, mail: &Stamped, message: &[u8]) -> Result<(), Unsent> {
        let moment = mail
            .posted_at
            .timestamp()
            .strftime("%Y%m%dT%H%M%S%.3fZ")
            .to_string();
        let name = format!("{moment}-{:06}-{}.eml", mail.id, mail.letter.kind);
        let (path, half) = (self.0.join(&name), self.0.join(format!(".{name}.half")));
        let written = async {
            self.write(&half, message).await?;
            tokio::fs::rename(&half, &path).await
        };
        written.await.map_err(|error| {
            Unsent::Later(format!("cannot write to {}: {error}", self.0.display()))
        })?;
        tracing::info!(mail.kind = %mail.letter.kind, "mail written to {}", path.display());
        Ok(())
    }

    async fn write(&self, path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.0).await?;
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).truncate(true).write(true).mode(0o600);
        let mut file = options.open(path).await?;
        file.write_all(bytes).await?;
        file.sync_all().await
    }
}
