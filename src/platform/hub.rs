//! The hub: tells screens and workers, within this instance and across instances, that there is news.
//!
//! It carries a topic and a revision, never payloads, and may lose or repeat news: whoever listens
//! re-reads by revision. What must not be lost goes through the outbox.

use std::time::Duration;

use sea_orm::DatabaseBackend;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::db::{Db, Tx, dialect};
use super::error::Result;

/// PostgreSQL's channel.
const CHANNEL: &str = "epu_hub";
/// News that a slow listener may lag behind before it is told that it missed some.
const BACKLOG: usize = 1024;

/// One piece of news: `topic` (e.g. `event:42`, `jobs:renditions`) now stands at `revision`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What it is about.
    pub topic: String,
    /// A number that only grows; what it counts is the topic's affair.
    pub revision: i64,
}

/// Carries news. Cheap to clone.
#[derive(Clone)]
pub struct Hub(broadcast::Sender<News>);

impl Default for Hub {
    fn default() -> Self {
        Hub(broadcast::channel(BACKLOG).0)
    }
}

impl Hub {
    /// Tells everyone about `topic` once `tx` is durable.
    pub async fn publish(&self, tx: &Tx, topic: &str, revision: i64) -> Result<()> {
        dialect::notify(tx, CHANNEL, &format!("{topic} {revision}")).await?;
        let (hub, news) = (
            self.clone(),
            News {
                topic: topic.to_owned(),
                revision,
            },
        );
        tx.after_commit(move || hub.tell(news));
        Ok(())
    }

    /// As [`publish`](Hub::publish), for whoever holds no hub: on PostgreSQL every instance, this one
    /// included, gets it through [`follow_others`](Hub::follow_others); on SQLite nobody does.
    pub async fn tell_all(tx: &Tx, topic: &str, revision: i64) -> Result<()> {
        dialect::notify(tx, CHANNEL, &format!("{topic} {revision}")).await?;
        Ok(())
    }

    /// Listens to everything. A listener that falls far behind gets
    /// [`RecvError::Lagged`](broadcast::error::RecvError::Lagged) and should re-read.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }

    fn tell(&self, news: News) {
        // Nobody listening is no fault.
        let _ = self.0.send(news);
    }

    /// Brings in the news of other instances until `stop`; reconnects for ever. Returns at once on SQLite.
    pub async fn follow_others(self, db: Db, stop: CancellationToken) {
        if db.backend() != DatabaseBackend::Postgres {
            return;
        }
        while !stop.is_cancelled() {
            let session = stop.run_until_cancelled(self.follow(&db)).await;
            if let Some(Err(error)) = session {
                tracing::warn!(%error, "lost the connection that brings news of other instances");
                stop.run_until_cancelled(tokio::time::sleep(Duration::from_secs(1)))
                    .await;
            }
        }
    }

    async fn follow(&self, db: &Db) -> Result<(), sqlx::Error> {
        let mut listener =
            PgListener::connect_with(db.writer().get_postgres_connection_pool()).await?;
        listener.listen(CHANNEL).await?;
        loop {
            let note = listener.recv().await?;
            if let Some((topic, revision)) = note.payload().rsplit_once(' ')
                && let Ok(revision) = revision.parse()
            {
                self.tell(News {
                    topic: topic.to_owned(),
                    revision,
                });
            }
        }
    }
}
