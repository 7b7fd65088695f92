//! `epu check`: tries what EPU stands on, and says what to mend.

use crate::platform::config::Config;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::mail::Mailer;
use crate::platform::secrets::{Rng, Secrets};
use crate::platform::storage::{Storage, StorageSettings};

/// Prints a line per part. Errors: `Internal` when any part has trouble.
pub(super) async fn run(config: Config) -> Result<()> {
    let parts = [
        (
            "settings",
            Ok(format!("people use {}", config.http.base_url)),
        ),
        ("database", database(&config).await),
        ("storage", storage(&config).await),
        ("mail", mail(&config).await),
    ];
    let mut troubles = 0;
    for (name, outcome) in &parts {
        match outcome {
            Ok(words) => println!("ok    {name:<9} {words}"),
            Err(words) => {
                troubles += 1;
                println!("MEND  {name:<9} {words}");
            }
        }
    }
    match troubles {
        0 => Ok(()),
        1 => Err(Error::internal("one part has trouble")),
        many => Err(Error::internal(format!("{many} parts have trouble"))),
    }
}

async fn database(config: &Config) -> Result<String, String> {
    let kind = if config.is_postgres() {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    let steps = async {
        let db = db::open(config.database.url.expose(), 2).await?;
        db.read().ping().await?;
        db::status(&db).await
    };
    let steps = steps.await.map_err(|error| {
        format!("{kind} does not answer: {error}. Look at database.url, and whether the server runs and lets us in")
    })?;
    Ok(match steps.iter().filter(|step| !step.is_applied).count() {
        0 => format!("{kind}, up to date"),
        pending => format!("{kind}, {pending} migrations pending (applied when EPU starts)"),
    })
}

async fn storage(config: &Config) -> Result<String, String> {
    let mend = |error| {
        format!(
            "{error}. Look at storage.url, and for a bucket at storage.endpoint, region and keys"
        )
    };
    let storage = Storage::open(&StorageSettings::from(&config.storage)).map_err(mend)?;
    storage
        .probe(&Rng::system().public_id())
        .await
        .map_err(mend)?;
    Ok(format!("{storage} can be written, read and deleted"))
}

async fn mail(config: &Config) -> Result<String, String> {
    let mend = |error| format!("{error}. Look at mail.url and mail.from");
    let secrets = Secrets::new(config.secret_key.expose());
    let mailer = Mailer::open(config, secrets, Rng::system()).map_err(mend)?;
    mailer.check().await.map_err(mend)?;
    Ok(match config.mail.url.expose().strip_prefix("folder:") {
        Some(folder) => format!("no SMTP server is set: mails are written to {folder}"),
        None => "the server takes our mail".to_owned(),
    })
}
