//! Every promise of storage, kept by a folder and by a bucket alike.

mod faults;
mod names;
mod objects;
mod parts;
mod random;

use bytes::Bytes;
use epu_test_s3::S3Server;
use tempfile::TempDir;

use super::{Storage, StorageSettings};

const BUCKET: &str = "photos";

/// Runs each test once on a folder and once on a bucket.
macro_rules! on_folder_and_bucket {
    ($($(#[$attribute:meta])* async fn $name:ident($place:ident: Place) $body:block)*) => {
        $(async fn $name($place: Place) $body)*
        mod on_folder {
            $(#[tokio::test] async fn $name() { super::$name(super::Place::folder()).await })*
        }
        mod on_bucket {
            $(#[tokio::test] async fn $name() { super::$name(super::Place::bucket().await).await })*
        }
    };
}
use on_folder_and_bucket;

/// A storage of one's own, which goes away in the end.
struct Place {
    folder: TempDir,
    server: Option<S3Server>,
    settings: StorageSettings,
}

impl Place {
    fn folder() -> Self {
        let folder = TempDir::new().unwrap();
        let settings = StorageSettings {
            url: format!("file:{}", folder.path().display()),
            ..StorageSettings::default()
        };
        Self {
            folder,
            server: None,
            settings,
        }
    }

    async fn bucket() -> Self {
        let folder = TempDir::new().unwrap();
        let server = serve(&folder, 0).await;
        let settings = StorageSettings {
            url: format!("s3://{BUCKET}/epu/here"),
            endpoint: Some(server.endpoint()),
            region: None,
            access_key_id: Some("key".to_owned()),
            secret_access_key: Some("secret".to_owned()),
            path_style: true,
        };
        Self {
            folder,
            server: Some(server),
            settings,
        }
    }

    /// As another instance would open it: nothing is shared but the place.
    fn open(&self) -> Storage {
        Storage::open(&self.settings).unwrap()
    }

    /// The bucket goes away …
    async fn go_away(&mut self) -> u16 {
        let server = self.server.take().unwrap();
        let port = server.port();
        server.stop().await;
        port
    }

    /// … and comes back.
    async fn come_back(&mut self, port: u16) {
        self.server = Some(serve(&self.folder, port).await);
    }
}

async fn serve(folder: &TempDir, port: u16) -> S3Server {
    S3Server::start(folder.path(), BUCKET, port, "key", "secret")
        .await
        .unwrap()
}

/// The same bytes for the same seed (xorshift64: fast without optimisation, too).
fn bytes(seed: u64, length: usize) -> Bytes {
    let mut word = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    bytes.truncate(length);
    bytes.into()
}

/// Like `==`, without megabytes in the message.
#[track_caller]
fn assert_same(read: &[u8], expected: &[u8]) {
    assert_eq!(read.len(), expected.len(), "length");
    if read != expected {
        let differs = read.iter().zip(expected).position(|(a, b)| a != b);
        panic!("differs at {differs:?}");
    }
}
