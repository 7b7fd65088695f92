//! Reading a file in blocks, in constant memory.
//!
//! What the kernel has in its cache is read at once, without a thread's hop; the rest is read on
//! the blocking pool. That is worth a factor of several against one hop per block.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{self, Stream};

/// Read from the cache at once: small enough not to hold up other requests.
const CACHED_BLOCK: u64 = 64 * 1024;
/// Read from the disk: large enough to pay for the hop.
const DISK_BLOCK: u64 = 256 * 1024;

/// The bytes of `range`; breaks off as `UnexpectedEof` when the file is shorter.
pub(super) fn blocks(
    file: File,
    range: Range<u64>,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let file = Arc::new(file);
    stream::try_unfold(range, move |range| {
        let file = Arc::clone(&file);
        async move {
            if range.is_empty() {
                return Ok(None);
            }
            let block = read_block(file, &range).await?;
            if block.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let next = range.start + block.len() as u64;
            Ok(Some((block, next..range.end)))
        }
    })
}

async fn read_block(file: Arc<File>, range: &Range<u64>) -> io::Result<Bytes> {
    let left = range.end - range.start;
    if let Some(block) = read_cached(&file, range.start, left.min(CACHED_BLOCK)) {
        return Ok(block);
    }
    let start = range.start;
    tokio::task::spawn_blocking(move || {
        let mut block = zeroed(left.min(DISK_BLOCK));
        let read = file.read_at(&mut block, start)?;
        block.truncate(read);
        Ok(Bytes::from(block))
    })
    .await
    .map_err(io::Error::other)?
}

/// What the kernel can give without waiting; `None` when it would have to wait, or cannot tell.
#[cfg(target_os = "linux")]
fn read_cached(file: &File, start: u64, length: u64) -> Option<Bytes> {
    let mut block = zeroed(length);
    let read = rustix::io::preadv2(
        file,
        &mut [io::IoSliceMut::new(&mut block)],
        start,
        rustix::io::ReadWriteFlags::NOWAIT,
    );
    match read {
        Ok(read) if read > 0 => {
            block.truncate(read);
            Some(Bytes::from(block))
        }
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn read_cached(_: &File, _: u64, _: u64) -> Option<Bytes> {
    None
}

fn zeroed(length: u64) -> Vec<u8> {
    vec![0; usize::try_from(length).expect("a block is at most 256 KiB")]
}
