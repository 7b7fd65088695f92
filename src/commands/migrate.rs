//! `epu migrate`: brings the database up to date, or tells what that would do.

use clap::Args;

use crate::platform::config::Config;
use crate::platform::db;
use crate::platform::error::Result;

/// Options of `epu migrate`.
#[derive(Args)]
pub(super) struct Migrate {
    /// Only list what would be applied.
    #[arg(long)]
    dry_run: bool,
    /// List every step and whether it is applied.
    #[arg(long, conflicts_with = "dry_run")]
    status: bool,
}

pub(super) async fn run(config: Config, options: Migrate) -> Result<()> {
    let db = db::open(config.database.url.expose(), 2).await?;
    if !options.dry_run && !options.status {
        let applied = db::migrate(&db).await?;
        println!("{applied} applied; the database is up to date");
        return Ok(());
    }
    for step in db::status(&db).await? {
        match (step.is_applied, options.status) {
            (true, true) => println!("applied  {}", step.name),
            (false, true) => println!("pending  {}", step.name),
            (false, false) => println!("would apply {}", step.name),
            (true, false) => {}
        }
    }
    Ok(())
}
