//! Reading an object of a bucket as a stream that survives cut connections.
//!
//! A guest on a slow line reads for minutes, longer than buckets keep a connection. When it is
//! cut, reading goes on where it stood, from the same version of the object.

use std::io;
use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use object_store::{GetOptions, GetRange, GetResult, ObjectStore};

use super::bucket::Bucket;
use super::error::{Result, StorageError};
use super::{ByteStream, ObjectInfo};

/// Cuts in a row, without a byte between them, after which reading is given up.
const CUTS: u32 = 3;

struct Reading {
    bucket: Bucket,
    key: String,
    left: Range<u64>,
    e_tag: Option<String>,
    body: Option<BoxStream<'static, object_store::Result<Bytes>>>,
    cuts: u32,
}

/// The whole object, and its size.
pub(super) async fn whole(bucket: &Bucket, key: &str) -> Result<(ObjectInfo, ByteStream)> {
    let got = ask(bucket, key, GetOptions::default()).await?;
    let size_bytes = got.meta.size;
    let reading = Reading::begin(bucket, key, 0..size_bytes, got);
    Ok((ObjectInfo { size_bytes }, reading.stream()))
}

/// The bytes of `range`.
pub(super) async fn range(bucket: &Bucket, key: &str, range: Range<u64>) -> Result<ByteStream> {
    if range.is_empty() {
        return Ok(stream::empty().boxed());
    }
    let options = GetOptions {
        range: Some(GetRange::Bounded(range.clone())),
        ..GetOptions::default()
    };
    let got = ask(bucket, key, options).await?;
    Ok(Reading::begin(bucket, key, range, got).stream())
}

async fn ask(bucket: &Bucket, key: &str, options: GetOptions) -> Result<GetResult> {
    Ok(bucket.store.get_opts(&bucket.path(key), options).await?)
}

impl Reading {
    fn begin(bucket: &Bucket, key: &str, left: Range<u64>, got: GetResult) -> Self {
        Self {
            bucket: bucket.clone(),
            key: key.to_owned(),
            left,
            e_tag: got.meta.e_tag.clone(),
            body: Some(got.into_stream()),
            cuts: 0,
        }
    }

    fn stream(self) -> ByteStream {
        stream::try_unfold(self, |mut reading| async move {
            Ok(reading.next().await?.map(|bytes| (bytes, reading)))
        })
        .boxed()
    }

    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        while !self.left.is_empty() {
            match self.piece().await {
                Ok(bytes) => {
                    self.left.start += bytes.len() as u64;
                    self.cuts = 0;
                    return Ok(Some(bytes));
                }
                Err(StorageError::Unavailable(_)) if self.cuts < CUTS => {
                    self.cuts += 1;
                    self.body = None;
                    tokio::time::sleep(Duration::from_millis(100 << self.cuts)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    async fn piece(&mut self) -> Result<Bytes> {
        if self.body.is_none() {
            let options = GetOptions {
                range: Some(GetRange::Bounded(self.left.clone())),
                if_match: self.e_tag.clone(),
                ..GetOptions::default()
            };
            let got = ask(&self.bucket, &self.key, options).await?;
            self.body = Some(got.into_stream());
        }
        let body = self.body.as_mut().expect("was opened just above");
        let piece = body.try_next().await.map_err(cut)?;
        let left = self.left.end - self.left.start;
        match piece {
            Some(bytes) if bytes.len() as u64 <= left => Ok(bytes),
            Some(_) => Err(StorageError::Other("the bucket sent too much".to_owned())),
            None => Err(StorageError::Unavailable(
                "the answer ended early".to_owned(),
            )),
        }
    }
}

/// Whatever breaks a body in the middle is a broken connection.
fn cut(error: object_store::Error) -> StorageError {
    match StorageError::from(error) {
        StorageError::Other(why) => StorageError::Unavailable(why),
        other => other,
    }
}
