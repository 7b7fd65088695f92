//! Reading back what was sent: tails to join them, a finished object to compare.

use bytes::Bytes;
use futures::TryStreamExt;

use super::memory::{Memory, Parcel};
use super::state::Tail;
use crate::platform::storage::bucket::Bucket;
use crate::platform::storage::{ByteStream, Result, StorageError, bucket_read, key};

/// `tails` and then `held` as one parcel.
pub(super) async fn joined(
    bucket: &Bucket,
    memory: &Memory,
    upload: &str,
    tails: &[Tail],
    held: Parcel,
) -> Result<Parcel> {
    if tails.is_empty() {
        return Ok(held);
    }
    let mut permits = held._permits;
    permits.push(memory.join().await);
    let mut blocks = Vec::new();
    for tail in tails {
        let object = key::tail(upload, &tail.name);
        let stream = bucket_read::range(bucket, &object, 0..tail.len).await?;
        let read: Vec<Bytes> = stream.try_collect().await?;
        blocks.extend(read);
    }
    blocks.extend(held.blocks);
    Ok(Parcel {
        blocks,
        _permits: permits,
    })
}

/// `Other` unless the stream begins with exactly `expected`.
pub(super) async fn same(mut stream: ByteStream, expected: &[Bytes]) -> Result<()> {
    let mut read = Bytes::new();
    for block in expected {
        let mut block = block.clone();
        while !block.is_empty() {
            if read.is_empty() {
                read = match stream.try_next().await? {
                    Some(more) => more,
                    None => return Err(differs()),
                };
            }
            let length = read.len().min(block.len());
            if read.split_to(length) != block.split_to(length) {
                return Err(differs());
            }
        }
    }
    Ok(())
}

fn differs() -> StorageError {
    StorageError::Other("the bytes differ from those that were completed before".to_owned())
}
