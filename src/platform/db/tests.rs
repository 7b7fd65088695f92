use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::platform::clock::{At, MINUTE_MS};
use crate::platform::error::Error;
use crate::platform::limits::{self, Limit};
use crate::platform::outbox;

/// A migrated database of its own: SQLite in a folder, or PostgreSQL when `EPU_TEST_DATABASE=postgres`.
pub(crate) async fn fresh() -> (Db, crate::testing::database::Scratch) {
    let scratch = crate::testing::database::Scratch::new().await;
    (scratch.open().await, scratch)
}

#[tokio::test]
async fn what_a_transaction_did_is_there_after_it_and_told_then() {
    let (db, _scratch) = fresh().await;
    let told = Arc::new(AtomicBool::new(false));
    let flag = told.clone();

    let done = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(async |tx| {
                tx.after_commit(move || flag.store(true, Ordering::SeqCst));
                outbox::post(tx, "test", &"hello", At(1)).await
            })
            .await
        }
    });
    done.await.expect("no panic").expect("written");

    assert!(told.load(Ordering::SeqCst));
    let waiting = outbox::waiting(&db, 10).await.expect("read");
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].body, "\"hello\"");
}

#[tokio::test]
async fn what_fails_half_way_leaves_nothing_and_tells_nobody() {
    let (db, _scratch) = fresh().await;
    let told = Arc::new(AtomicBool::new(false));
    let flag = told.clone();

    let done: Result<()> = db
        .write(async |tx| {
            tx.after_commit(move || flag.store(true, Ordering::SeqCst));
            outbox::post(tx, "test", &1, At(1)).await?;
            Err(Error::NotFound)
        })
        .await;

    assert!(matches!(done, Err(Error::NotFound)));
    assert!(!told.load(Ordering::SeqCst));
    assert!(outbox::waiting(&db, 10).await.expect("read").is_empty());
}

#[tokio::test]
async fn migrating_twice_at_once_and_again_is_one_migration() {
    let (db, _scratch) = fresh().await;
    let (one, two) = tokio::join!(migrate(&db), migrate(&db));
    assert_eq!((one.expect("first"), two.expect("second")), (0, 0));
    assert!(
        status(&db)
            .await
            .expect("status")
            .iter()
            .all(|step| step.is_applied)
    );
}

#[tokio::test]
async fn a_limit_counts_within_its_window_and_says_when_to_come_again() {
    let (db, _scratch) = fresh().await;
    let twice = Limit {
        times: 2,
        window_ms: MINUTE_MS,
    };
    let at = At(10 * MINUTE_MS + 15_000);

    limits::count(&db, "key", twice, at).await.expect("once");
    limits::count(&db, "key", twice, at).await.expect("twice");
    let third = limits::count(&db, "key", twice, at).await;

    assert!(
        matches!(third, Err(Error::TooMany { retry_after_s: 45 })),
        "{third:?}"
    );
    limits::check(&db, "other", twice, at)
        .await
        .expect("another key");
    limits::count(&db, "key", twice, at.plus_ms(MINUTE_MS))
        .await
        .expect("the next minute");
}
