//! `epu export CODE --to FOLDER | FILE.zip | -`: everything of an event, to take home.

use std::path::{Path, PathBuf};

use clap::Args;
use futures::TryStreamExt as _;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use crate::app::App;
use crate::events;
use crate::export::{self, Archive};
use crate::platform::error::{Error, Result};

/// What to export, and where to.
#[derive(Args)]
pub(super) struct Export {
    /// The event's code.
    code: String,
    /// A folder, a file ending in .zip, or - for standard output.
    #[arg(long)]
    to: String,
}

/// Writes the same as the host's download. Words for people go to standard error.
pub(super) async fn run(app: &App, arguments: &Export) -> Result<()> {
    let code = events::normalise_code(&arguments.code).ok_or(Error::NotFound)?;
    let event = events::by_code(app.db.read(), &code)
        .await?
        .ok_or(Error::NotFound)?;
    let archive = export::collect(app.db.read(), &event).await?;
    let count = archive.entries().len();
    if arguments.to == "-" {
        write(app, &archive, tokio::io::stdout()).await?;
        eprintln!("Wrote {count} files as one ZIP.");
    } else if arguments.to.to_ascii_lowercase().ends_with(".zip") {
        write_file(app, &archive, Path::new(&arguments.to)).await?;
        eprintln!("Wrote {count} files to {}.", arguments.to);
    } else {
        let written =
            export::write_folder(&app.storage, &archive, Path::new(&arguments.to)).await?;
        eprintln!(
            "Wrote {written} files to {}; {} were there already.",
            arguments.to,
            count - written
        );
    }
    Ok(())
}

/// The file appears under its name only when it is whole.
async fn write_file(app: &App, archive: &Archive, path: &Path) -> Result<()> {
    let partial = PathBuf::from(format!("{}.part", path.display()));
    let file = tokio::fs::File::create(&partial).await?;
    write(app, archive, file.try_clone().await?).await?;
    file.sync_all().await?;
    tokio::fs::rename(&partial, path).await?;
    Ok(())
}

async fn write(app: &App, archive: &Archive, mut to: impl AsyncWrite + Unpin) -> Result<()> {
    let mut bytes = std::pin::pin!(export::bytes(
        app.storage.clone(),
        archive,
        0..archive.total_bytes()
    ));
    while let Some(block) = bytes.try_next().await? {
        to.write_all(&block).await?;
    }
    to.flush().await?;
    Ok(())
}
