//! The bytes of an archive, as they are asked for.

use std::io;
use std::ops::Range;

use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _, TryStreamExt as _};

use crate::platform::storage::Storage;

use super::archive::{Archive, Piece};

/// The bytes of `range` of the archive, from storage as they are read: memory does not depend on the size.
///
/// The stream fails when an original is missing or changed its size; what was sent is then not a whole archive, and
/// the announced length says so to whoever receives it.
pub fn bytes(
    storage: Storage,
    archive: &Archive,
    range: Range<u64>,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let pieces: Vec<Piece> = archive.pieces(range).collect();
    stream::iter(pieces)
        .then(move |piece| open(storage.clone(), piece))
        .try_flatten()
}

async fn open(storage: Storage, piece: Piece) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
    match piece {
        Piece::Ready(bytes) => Ok(stream::once(async { Ok(bytes) }).boxed()),
        Piece::Stored { key, range } => Ok(storage.get_range(&key, range).await?),
    }
}
