//! Forgets what is over: sessions, links, delivered mail.

use super::store;
use crate::app::App;
use crate::platform::clock::DAY_MS;
use crate::platform::error::Result;
use crate::platform::mail;

/// How long used and expired links are known, so that they are answered as such, and delivered mails kept.
const KEPT_MS: i64 = 30 * DAY_MS;

/// Deletes what nobody needs any more. Runs by schedule.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    let (sessions, links) = app
        .db
        .write(async |tx| {
            let sessions = store::purge_sessions(tx, now).await?;
            let links = store::purge_links(tx, now.plus_ms(-KEPT_MS)).await?;
            Ok((sessions, links))
        })
        .await?;
    let mails = mail::forget(&app.db, now.plus_ms(-KEPT_MS)).await?;
    tracing::debug!(sessions, links, mails, "swept what is over");
    Ok(())
}
