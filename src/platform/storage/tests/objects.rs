//! Finished objects.

use std::io::ErrorKind;

use bytes::Bytes;
use futures::TryStreamExt;

use super::{Place, assert_same, bytes, on_folder_and_bucket};
use crate::platform::storage::{ListedObject, ObjectInfo, Storage, StorageError};

async fn range_of(storage: &Storage, key: &str, range: std::ops::Range<u64>) -> Vec<u8> {
    let stream = storage.get_range(key, range).await.unwrap();
    let blocks: Vec<Bytes> = stream.try_collect().await.unwrap();
    blocks.concat()
}

async fn keys(storage: &Storage, prefix: &str) -> Vec<String> {
    let listed = storage.list(prefix).map_ok(|object| object.key);
    let mut keys: Vec<String> = listed.try_collect().await.unwrap();
    keys.sort();
    keys
}

on_folder_and_bucket! {
    async fn what_is_put_is_got_by_another_instance(place: Place) {
        let photo = bytes(1, 1_000_003);
        place.open().put("e/wedding/i/1/original", photo.clone(), "image/jpeg").await.unwrap();
        let (info, stream) = place.open().get("e/wedding/i/1/original").await.unwrap();
        let read: Vec<Bytes> = stream.try_collect().await.unwrap();
        assert_eq!(info, ObjectInfo { size_bytes: 1_000_003 });
        assert_same(&read.concat(), &photo);
    }

    async fn a_second_put_replaces_the_first(place: Place) {
        let storage = place.open();
        for text in ["first", "second"] {
            storage.put("k", Bytes::from(text), "text/plain").await.unwrap();
        }
        assert_eq!(storage.read("k", 100).await.unwrap(), "second");
    }

    async fn an_empty_object_is_an_object(place: Place) {
        let storage = place.open();
        storage.put("empty", Bytes::new(), "text/plain").await.unwrap();
        assert_eq!(storage.head("empty").await.unwrap(), Some(ObjectInfo { size_bytes: 0 }));
        assert_eq!(storage.read("empty", 0).await.unwrap(), "");
        assert_eq!(range_of(&storage, "empty", 0..0).await, b"");
    }

    async fn a_range_is_exactly_the_bytes_asked_for(place: Place) {
        let storage = place.open();
        let photo = bytes(2, 600_000);
        storage.put("photo", photo.clone(), "image/jpeg").await.unwrap();
        for range in [0..1, 0..600_000, 65_535..65_537, 599_999..600_000, 131_072..500_000, 7..7] {
            let read = range_of(&storage, "photo", range.start..range.end).await;
            assert_same(&read, &photo[range.start as usize..range.end as usize]);
        }
    }

    async fn a_range_beyond_the_end_never_ends_in_silence(place: Place) {
        let storage = place.open();
        storage.put("photo", bytes(3, 1000), "image/jpeg").await.unwrap();
        for range in [0..1001, 1000..1001, 5000..6000] {
            let read: Result<Vec<Bytes>, _> = match storage.get_range("photo", range).await {
                Ok(stream) => stream.try_collect().await,
                Err(error) => Err(error.into()),
            };
            read.unwrap_err();
        }
    }

    async fn what_is_not_there_is_missing_and_may_be_deleted(place: Place) {
        let storage = place.open();
        assert_eq!(storage.head("nothing/here").await.unwrap(), None);
        assert_eq!(storage.get("nothing/here").await.err(), Some(StorageError::Missing));
        let range = storage.get_range("nothing/here", 0..10).await.err();
        assert_eq!(range, Some(StorageError::Missing));
        storage.delete("nothing/here").await.unwrap();
    }

    async fn a_deleted_object_is_gone_and_its_neighbours_stay(place: Place) {
        let storage = place.open();
        for key in ["e/1/i/2/original", "e/1/i/2/400", "e/1/i/3/original"] {
            storage.put(key, Bytes::from("x"), "image/jpeg").await.unwrap();
        }
        storage.delete("e/1/i/2/original").await.unwrap();
        storage.delete("e/1/i/3/original").await.unwrap();
        assert_eq!(keys(&storage, "").await, ["e/1/i/2/400"]);
        storage.put("e/1/i/3/original", Bytes::from("y"), "image/jpeg").await.unwrap();
        assert_eq!(keys(&storage, "e/1").await, ["e/1/i/2/400", "e/1/i/3/original"]);
    }

    async fn a_listing_keeps_to_its_folder(place: Place) {
        let storage = place.open();
        for key in ["a/1", "a/b/2", "ab/3", "4"] {
            storage.put(key, Bytes::from(key), "text/plain").await.unwrap();
        }
        assert_eq!(keys(&storage, "a").await, ["a/1", "a/b/2"]);
        assert_eq!(keys(&storage, "").await, ["4", "a/1", "a/b/2", "ab/3"]);
        assert_eq!(keys(&storage, "zz").await, [""; 0]);
        let listed: Vec<ListedObject> = storage.list("a/b").try_collect().await.unwrap();
        assert_eq!(listed[0].size_bytes, 5);
        assert!(listed[0].modified_ms > 1_600_000_000_000, "{listed:?}");
    }

    async fn a_large_object_is_not_read_as_one_piece(place: Place) {
        let storage = place.open();
        storage.put("large", bytes(4, 10_000), "video/mp4").await.unwrap();
        storage.read("large", 10_000).await.unwrap();
        assert!(matches!(storage.read("large", 9_999).await, Err(StorageError::Other(_))));
    }

    async fn a_probe_finds_storage_well_and_leaves_nothing(place: Place) {
        let storage = place.open();
        storage.reach().await.unwrap();
        storage.probe("one").await.unwrap();
        assert_eq!(keys(&storage, "").await, [""; 0]);
    }

    async fn a_hundred_writers_do_not_disturb_one_another(place: Place) {
        let storage = place.open();
        let writes = (0..100).map(|i| {
            let storage = storage.clone();
            async move {
                let key = format!("e/{}/i/{i}", i % 7);
                storage.put(&key, bytes(i, 5000), "image/jpeg").await?;
                if i % 2 == 0 { storage.delete(&key).await } else { Ok(()) }
            }
        });
        futures::future::try_join_all(writes).await.unwrap();
        assert_eq!(keys(&storage, "e").await.len(), 50);
        assert_same(&storage.read("e/6/i/13", 5000).await.unwrap(), &bytes(13, 5000));
    }
}

#[tokio::test]
async fn a_file_cut_short_on_the_disk_breaks_the_stream() {
    let place = Place::folder();
    let storage = place.open();
    storage
        .put("k", bytes(5, 200_000), "image/jpeg")
        .await
        .unwrap();
    let stream = storage.get_range("k", 0..200_000).await.unwrap();
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(place.folder.path().join("k"));
    file.unwrap().set_len(1000).unwrap();
    let read: Result<Vec<Bytes>, _> = stream.try_collect().await;
    assert_eq!(read.unwrap_err().kind(), ErrorKind::UnexpectedEof);
}
