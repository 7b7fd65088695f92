//! A bound on what all uploads together hold in memory on their way to a bucket.
//!
//! Nobody waits for memory while holding some, so nobody can wait for ever: a writer that finds
//! none free first sends what it holds away as a tail.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use object_store::PutPayload;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a writer holds grows in blocks of this many bytes.
const BLOCK_BYTES: usize = 256 * 1024;
/// 512 blocks, 128 MiB.
const BLOCKS: usize = 512;
/// Tails are read back for so many uploads at once, up to a part (8 MiB) each.
const JOINS: usize = 4;

/// The memory shared by all writers of a bucket.
#[derive(Clone)]
pub(in crate::platform::storage) struct Memory {
    blocks: Arc<Semaphore>,
    joins: Arc<Semaphore>,
}

impl Memory {
    pub(in crate::platform::storage) fn new() -> Self {
        Self {
            blocks: Arc::new(Semaphore::new(BLOCKS)),
            joins: Arc::new(Semaphore::new(JOINS)),
        }
    }

    /// As if others held everything but so many blocks, until the permit is dropped.
    #[cfg(test)]
    pub(in crate::platform::storage) fn leave(&self, blocks: usize) -> OwnedSemaphorePermit {
        let taken = u32::try_from(BLOCKS - blocks).expect("fewer than all");
        let all = Arc::clone(&self.blocks);
        all.try_acquire_many_owned(taken).expect("all are free")
    }

    /// Waits for the right to read tails back.
    pub(super) async fn join(&self) -> OwnedSemaphorePermit {
        let joins = Arc::clone(&self.joins);
        joins.acquire_owned().await.expect("it is never closed")
    }
}

/// Bytes on their way, in whole blocks.
#[derive(Debug, Default)]
pub(super) struct Held {
    full: Vec<Bytes>,
    last: BytesMut,
    len: usize,
    permit: Option<OwnedSemaphorePermit>,
}

impl Held {
    pub(super) fn len(&self) -> u64 {
        self.len as u64
    }

    /// Whether a block must be had before the next byte.
    pub(super) fn is_full(&self) -> bool {
        self.last.len() == self.last.capacity()
    }

    /// Takes a block if one is free.
    pub(super) fn try_grow(&mut self, memory: &Memory) -> bool {
        let permit = Arc::clone(&memory.blocks).try_acquire_owned().ok();
        permit.map(|permit| self.add(permit)).is_some()
    }

    /// Waits for a block. Only for who holds none.
    pub(super) async fn grow(&mut self, memory: &Memory) {
        debug_assert!(self.permit.is_none(), "would wait while holding");
        let blocks = Arc::clone(&memory.blocks);
        let permit = blocks.acquire_owned().await.expect("it is never closed");
        self.add(permit);
    }

    fn add(&mut self, permit: OwnedSemaphorePermit) {
        match &mut self.permit {
            Some(mine) => mine.merge(permit),
            none => *none = Some(permit),
        }
        let block = BytesMut::with_capacity(BLOCK_BYTES);
        let full = std::mem::replace(&mut self.last, block);
        if !full.is_empty() {
            self.full.push(full.freeze());
        }
    }

    /// Copies from the front of `bytes` what the last block has room for, and takes it off.
    pub(super) fn take_from(&mut self, bytes: &mut Bytes) {
        let room = self.last.capacity() - self.last.len();
        let taken = bytes.split_to(room.min(bytes.len()));
        self.last.extend_from_slice(&taken);
        self.len += taken.len();
    }

    /// Hands everything over to be sent; its memory is free again when the parcel is dropped.
    pub(super) fn parcel(&mut self) -> Parcel {
        let held = std::mem::take(self);
        let mut blocks = held.full;
        if !held.last.is_empty() {
            blocks.push(held.last.freeze());
        }
        Parcel {
            blocks,
            _permits: held.permit.into_iter().collect(),
        }
    }
}

/// Bytes that are being sent.
#[derive(Debug, Default)]
pub(super) struct Parcel {
    pub(super) blocks: Vec<Bytes>,
    pub(super) _permits: Vec<OwnedSemaphorePermit>,
}

impl Parcel {
    pub(super) fn len(&self) -> u64 {
        self.blocks.iter().map(|block| block.len() as u64).sum()
    }

    pub(super) fn payload(&self) -> PutPayload {
        self.blocks.iter().cloned().collect()
    }
}
