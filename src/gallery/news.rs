//! News of an event for one screen, as a stream of revisions.

use std::time::Duration;

use futures::Stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::app::App;
use crate::events::{self, Event};
use crate::platform::hub::News;
use crate::tables::EventId;

/// News that come within this time are told as one: a hundred guests who send at once shall not make every screen
/// ask a hundred times.
const TOGETHER: Duration = Duration::from_millis(150);

/// The revision of the event now, and again whenever it grows.
///
/// Ends when the event is gone or `may_watch` says no: a screen that comes again is then asked for what it lacks.
pub(super) fn revisions(
    app: App,
    event: EventId,
    may_watch: impl Fn(&Event) -> bool + Send + Sync + 'static,
) -> impl Stream<Item = i64> + Send + 'static {
    // Listening begins before the first look, so that nothing falls between.
    let watch = Watch {
        news: app.hub.listen(),
        app,
        event,
        told: i64::MIN,
    };
    futures::stream::unfold((watch, may_watch), async |(mut watch, may_watch)| {
        let revision = watch.next(&may_watch).await?;
        Some((revision, (watch, may_watch)))
    })
}

struct Watch {
    app: App,
    event: EventId,
    news: Receiver<News>,
    told: i64,
}

impl Watch {
    async fn next(&mut self, may_watch: &impl Fn(&Event) -> bool) -> Option<i64> {
        loop {
            if self.told > i64::MIN {
                self.hear().await?;
            }
            let event = events::by_id(self.app.db.read(), self.event).await.ok()?;
            if !may_watch(&event) {
                return None;
            }
            if event.revision > self.told {
                self.told = event.revision;
                return Some(event.revision);
            }
        }
    }

    /// Waits for news of this event, and a moment longer for more of them.
    async fn hear(&mut self) -> Option<()> {
        let topic = events::topic(self.event);
        loop {
            match self.news.recv().await {
                Ok(news) if news.topic == topic => break,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return None,
            }
        }
        tokio::time::sleep(TOGETHER).await;
        while !matches!(
            self.news.try_recv(),
            Err(TryRecvError::Empty | TryRecvError::Closed)
        ) {}
        Some(())
    }
}
