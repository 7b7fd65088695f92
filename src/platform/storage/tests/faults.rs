//! Storage that is away, full, or not ours.

use std::io;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::TryStreamExt;

use super::parts::{Row, assert_stored, unfinished};
use super::{Place, assert_same, bytes};
use crate::platform::error as platform;
use crate::platform::storage::{Arm, Storage, StorageError};

const MIB: usize = 1024 * 1024;

async fn refusal(change: impl FnOnce(&mut super::StorageSettings)) -> String {
    let mut place = Place::bucket().await;
    change(&mut place.settings);
    match place.open().probe("one").await {
        Err(StorageError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn wrong_keys_are_told_by_the_setting_to_mend() {
    let told = refusal(|settings| settings.secret_access_key = Some("wrong".to_owned())).await;
    assert!(told.contains("storage.secret_access_key"), "{told}");
    let told = refusal(|settings| settings.access_key_id = Some("stranger".to_owned())).await;
    assert!(!told.contains("wrong"), "{told}");
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_told_so() {
    let mut place = Place::bucket().await;
    place.settings.url = "s3://elsewhere/epu".to_owned();
    // A listing, because this test server makes a missing bucket on a write.
    let listed: Result<Vec<_>, _> = place.open().list("").try_collect().await;
    let told = listed.unwrap_err().to_string();
    assert!(told.contains("bucket does not exist"), "{told}");
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "measures how long real time the answer takes"
)]
async fn an_unreachable_bucket_is_unavailable_within_seconds() {
    let mut place = Place::bucket().await;
    place.go_away().await;
    let started = Instant::now();
    let storage = place.open();
    let put = storage.put("k", Bytes::from("x"), "text/plain").await;
    assert!(matches!(put, Err(StorageError::Unavailable(_))), "{put:?}");
    assert!(matches!(
        storage.head("k").await,
        Err(StorageError::Unavailable(_))
    ));
    assert!(matches!(
        storage.reach().await,
        Err(StorageError::Unavailable(_))
    ));
    let mut writer = Row::new().resume(&storage).await.unwrap();
    writer.write(Bytes::from("x")).await.unwrap();
    assert!(matches!(
        writer.sync().await,
        Err(StorageError::Unavailable(_))
    ));
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn an_upload_goes_on_when_the_bucket_comes_back() {
    let mut place = Place::bucket().await;
    let file = bytes(1, 18 * MIB);
    let mut row = Row::new();
    let storage = place.open();
    let mut writer = row.resume(&storage).await.unwrap();
    let checkpoint = writer.write(file.slice(..9 * MIB)).await.unwrap().unwrap();
    row.record(&storage, checkpoint).await;
    let checkpoint = writer.sync().await.unwrap();
    row.record(&storage, checkpoint).await;

    let port = place.go_away().await;
    let broken = writer.write(file.slice(9 * MIB..)).await;
    assert!(
        matches!(broken, Err(StorageError::Unavailable(_))),
        "{broken:?}"
    );

    place.come_back(port).await;
    let mut writer = row.resume(&storage).await.unwrap();
    writer.write(file.slice(9 * MIB..)).await.unwrap();
    writer.complete(file.len() as u64).await.unwrap();
    assert_stored(&place, &file).await;
}

#[tokio::test]
async fn a_download_goes_on_when_its_connection_is_cut() {
    let mut place = Place::bucket().await;
    let video = bytes(2, 20 * MIB);
    let storage = place.open();
    storage
        .put("video", video.clone(), "video/mp4")
        .await
        .unwrap();
    let mut stream = storage
        .get_range("video", 0..video.len() as u64)
        .await
        .unwrap();
    let mut read = Vec::new();
    while read.len() < 2 * MIB {
        read.extend_from_slice(&stream.try_next().await.unwrap().unwrap());
    }
    let port = place.go_away().await;
    place.come_back(port).await;
    while let Some(block) = stream.try_next().await.unwrap() {
        read.extend_from_slice(&block);
    }
    assert_same(&read, &video);
}

#[tokio::test]
async fn uploads_go_through_when_memory_is_nearly_used_up() {
    let place = Place::bucket().await;
    let storage = place.open();
    let Arm::Bucket(bucket) = &storage.arm else {
        unreachable!("a bucket was asked for");
    };
    let others = bucket.memory.leave(3);
    let uploads = (0..12_u64).map(|i| {
        let storage = storage.clone();
        async move {
            let (upload, key) = (format!("up{i}"), format!("e/1/i/{i}"));
            let file = bytes(i, MIB + 1000 * i as usize);
            let begun = storage.resume_parts(&upload, &key, Default::default(), 0);
            let mut writer = begun.await?;
            for chunk in file.chunks(100_000) {
                writer.write(Bytes::copy_from_slice(chunk)).await?;
            }
            writer.complete(file.len() as u64).await?;
            assert_same(&storage.read(&key, u64::MAX).await?, &file);
            Ok::<_, StorageError>(())
        }
    });
    let all = futures::future::try_join_all(uploads);
    let in_time = tokio::time::timeout(Duration::from_secs(60), all).await;
    in_time.expect("nobody waits for ever").unwrap();
    assert_ne!(unfinished(&place).await, [], "some had to make room");
    drop(others);
}

#[tokio::test]
async fn a_full_disk_is_told_as_full() {
    let place = Place::folder();
    let storage = place.open();
    // Stands for a disk without room: every write to it fails with ENOSPC.
    let folder = place.folder.path().join("u");
    tokio::fs::create_dir(&folder).await.unwrap();
    std::os::unix::fs::symlink("/dev/full", folder.join("upload1.part")).unwrap();
    let mut writer = Row::new().resume(&storage).await.unwrap();
    let full = writer.write(Bytes::from(vec![0; MIB])).await;
    assert_eq!(full, Err(StorageError::Full));
    assert_eq!(storage.head("e/wedding/i/1/original").await.unwrap(), None);
}

#[tokio::test]
async fn a_folder_that_was_taken_away_is_unavailable() {
    let place = Place::folder();
    let storage: Storage = place.open();
    tokio::fs::remove_dir(place.folder.path()).await.unwrap();
    assert!(matches!(
        storage.reach().await,
        Err(StorageError::Unavailable(_))
    ));
    std::mem::forget(place.folder);
}

#[test]
fn guests_are_asked_to_come_again_for_what_passes() {
    for code in [
        rustix::io::Errno::NOSPC,
        rustix::io::Errno::DQUOT,
        rustix::io::Errno::ROFS,
    ] {
        let error = StorageError::from(io::Error::from(code));
        let answer = platform::Error::from(error);
        assert!(
            matches!(answer, platform::Error::Unavailable(_)),
            "{answer:?}"
        );
    }
    let missing = platform::Error::from(StorageError::Missing);
    assert!(matches!(missing, platform::Error::NotFound));
}

#[test]
fn an_error_survives_its_way_through_a_stream() {
    for error in [
        StorageError::Missing,
        StorageError::Full,
        StorageError::Unavailable("away".to_owned()),
        StorageError::Refused("keys".to_owned()),
    ] {
        assert_eq!(StorageError::from(io::Error::from(error.clone())), error);
    }
}
