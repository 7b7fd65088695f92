//! Turns: one holder at a time, where a newer one asks the older to let go.
//!
//! For work on one thing by requests that may be stuck: the phone that comes back is served, and the connection it
//! lost lets go. Turns hold within this instance; between instances a row must decide.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

/// Who has the turn for which key (a row's id). Cheap to clone.
#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<i64, Place>>>);

#[derive(Clone, Default)]
struct Place {
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Cancelled to ask the holder to let go.
    let_go: CancellationToken,
    waiting: usize,
}

/// The turn for a key, until dropped.
pub struct Turn {
    key: i64,
    turns: Turns,
    /// Cancelled when somebody newer wants the turn.
    pub let_go: CancellationToken,
    turn: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Asks the present holder to let go, and waits until it did.
    pub async fn take(&self, key: i64) -> Turn {
        let let_go = CancellationToken::new();
        let turn = {
            let mut places = self.0.lock().expect("no holder panics");
            let place = places.entry(key).or_default();
            place.let_go.cancel();
            place.let_go = let_go.clone();
            place.waiting += 1;
            place.turn.clone()
        };
        // Made before waiting, so that a request that goes away while it waits is counted out again.
        let mut taken = Turn {
            key,
            turns: self.clone(),
            let_go,
            turn: None,
        };
        taken.turn = Some(turn.lock_owned().await);
        taken
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turn.take();
        let mut places = self.turns.0.lock().expect("no holder panics");
        if let Some(place) = places.get_mut(&self.key) {
            place.waiting -= 1;
            if place.waiting == 0 {
                places.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_newer_request_asks_the_older_to_let_go_and_waits_for_it() {
        let turns = Turns::default();
        let first = turns.take(1).await;
        let second = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take(1).await }
        });
        first.let_go.cancelled().await;
        assert!(!second.is_finished());
        drop(first);
        let second = second.await.expect("no panic");
        assert!(!second.let_go.is_cancelled());
        drop(second);
        assert!(turns.0.lock().expect("free").is_empty());
    }
}
