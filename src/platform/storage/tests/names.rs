//! What may name a storage and an object.

use super::{Place, Storage, StorageSettings, on_folder_and_bucket};
use crate::platform::storage::{Result, StorageError};
use bytes::Bytes;

fn opened(url: &str) -> Result<Storage> {
    Storage::open(&StorageSettings {
        url: url.to_owned(),
        ..StorageSettings::default()
    })
}

#[test]
fn a_wrong_url_is_told_with_what_would_be_right() {
    for url in [
        "",
        "/data",
        "file:",
        "file://host/data",
        "http://host/data",
        "s3://",
        "s3://UPPER/prefix",
        "s3://bucket/../other",
        "s3://bucket/a//b",
    ] {
        let told = opened(url).unwrap_err().to_string();
        assert!(
            told.contains("s3://bucket/prefix") || told.contains("cannot name"),
            "{url}: {told}"
        );
    }
}

#[test]
fn a_folder_is_made_when_it_is_new_and_refused_when_it_is_a_file() {
    let home = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("file://{}/{name}", home.path().display());
    opened(&url("new/deep")).unwrap();
    assert!(home.path().join("new/deep").is_dir());
    std::fs::File::create_new(home.path().join("file")).unwrap();
    let refused = opened(&url("file")).unwrap_err();
    assert!(matches!(refused, StorageError::Refused(_)), "{refused:?}");
}

#[test]
fn half_a_key_or_a_strange_endpoint_does_not_open_a_bucket() {
    let half = StorageSettings {
        url: "s3://bucket".to_owned(),
        access_key_id: Some("key".to_owned()),
        ..StorageSettings::default()
    };
    let told = Storage::open(&half).unwrap_err().to_string();
    assert!(told.contains("belong together"), "{told}");
    let strange = StorageSettings {
        endpoint: Some("minio:9000".to_owned()),
        secret_access_key: Some("secret".to_owned()),
        ..half
    };
    let told = Storage::open(&strange).unwrap_err().to_string();
    assert!(told.contains("storage.endpoint"), "{told}");
}

#[test]
fn settings_do_not_show_their_secret() {
    let settings = StorageSettings {
        secret_access_key: Some("hunter2".to_owned()),
        ..StorageSettings::default()
    };
    assert!(!format!("{settings:?}").contains("hunter2"));
}

on_folder_and_bucket! {
    async fn a_key_cannot_reach_outside(place: Place) {
        let storage = place.open();
        for key in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", ".hidden", "a\0b", "ä"] {
            let put = storage.put(key, Bytes::new(), "text/plain").await;
            assert!(matches!(put, Err(StorageError::Other(_))), "{key:?}: {put:?}");
            assert!(storage.head(key).await.is_err(), "{key:?}");
        }
        let resumed = storage.resume_parts("a/b", "key", Default::default(), 0).await;
        assert!(matches!(resumed, Err(StorageError::Other(_))));
    }
}
