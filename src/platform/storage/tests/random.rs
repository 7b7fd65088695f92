//! Random lives of an upload: every request ends in one of the ways real ones do.

use bytes::Bytes;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::parts::{Row, assert_stored, unfinished};
use super::{Place, bytes, on_folder_and_bucket};

/// Sends random amounts in random chunks; at random a request is killed before or after its
/// checkpoint, or between completing and recording it.
async fn live(place: &Place, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let file = bytes(seed, chance.random_range(1..12_000_000));
    let mut row = Row::new();
    let mut completions = 0;
    let instances = [place.open(), place.open()];
    while completions < 2 {
        let storage = &instances[chance.random_range(0..2)];
        let mut writer = row.resume(storage).await.unwrap();
        assert_eq!(writer.offset(), row.offset, "seed {seed}");
        let left = file.len() - row.offset as usize;
        let mut to_send = chance.random_range(0..=left.min(8_000_000));
        while to_send > 0 {
            let length = chance.random_range(1..=to_send.min(900_000));
            let at = writer.offset() as usize;
            let made = writer.write(file.slice(at..at + length)).await.unwrap();
            if let Some(checkpoint) = made
                && chance.random_bool(0.5)
            {
                row.record(storage, checkpoint).await;
            }
            to_send -= length;
        }
        match chance.random_range(0..10) {
            0 | 1 => drop(writer),
            2 => drop(writer.sync().await.unwrap()),
            _ if writer.offset() as usize == file.len() => {
                writer.complete(file.len() as u64).await.unwrap();
                completions += 1;
            }
            _ => {
                let checkpoint = writer.sync().await.unwrap();
                row.record(storage, checkpoint).await;
            }
        }
    }
    assert_stored(place, &file).await;
    let stored = place
        .open()
        .read(super::parts::KEY, u64::MAX)
        .await
        .unwrap();
    assert_eq!(
        Sha256::digest(&stored),
        Sha256::digest(&file),
        "seed {seed}"
    );
    let storage = place.open();
    storage.clear_parts("upload1").await.unwrap();
    storage.delete(super::parts::KEY).await.unwrap();
    assert_eq!(unfinished(place).await, [], "seed {seed}");
}

on_folder_and_bucket! {
    async fn every_life_of_an_upload_ends_with_its_exact_bytes(place: Place) {
        for seed in 0..8 {
            live(&place, seed).await;
        }
    }

    async fn thirty_uploads_at_once_stay_apart(place: Place) {
        let storage = place.open();
        let uploads = (0..30_u64).map(|i| {
            let storage = storage.clone();
            async move {
                let (upload, key) = (format!("up{i}"), format!("e/1/i/{i}"));
                let file = bytes(i, 400_000 + 1000 * i as usize);
                let begun = storage.resume_parts(&upload, &key, Default::default(), 0);
                let mut writer = begun.await?;
                for chunk in file.chunks(50_000) {
                    writer.write(Bytes::copy_from_slice(chunk)).await?;
                    tokio::task::yield_now().await;
                }
                writer.complete(file.len() as u64).await?;
                let stored = storage.read(&key, u64::MAX).await?;
                assert_eq!(Sha256::digest(&stored), Sha256::digest(&file), "upload {i}");
                Ok::<_, crate::platform::storage::StorageError>(())
            }
        });
        futures::future::try_join_all(uploads).await.unwrap();
    }
}
