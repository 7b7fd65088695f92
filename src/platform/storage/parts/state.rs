//! What a caller keeps between two requests of one upload.

use serde::{Deserialize, Serialize};

use super::PART_BYTES;

/// Where the acknowledged bytes of an unfinished upload lie. Opaque: keep it as JSON beside the
/// offset it came with, and hand it back. Empty for a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsState {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) multipart: Option<Multipart>,
    /// What follows the last part, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tails: Vec<Tail>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Multipart {
    pub(super) id: String,
    /// The ETag of each part, all of [`PART_BYTES`].
    pub(super) parts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tail {
    pub(super) name: String,
    pub(super) len: u64,
}

/// An offset up to which every byte is durable, and the state to record with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Bytes from the start of the object.
    pub offset: u64,
    /// What [`resume_parts`](crate::platform::storage::Storage::resume_parts) needs to go on here.
    pub state: PartsState,
    /// Objects that earlier states needed and this one does not: for
    /// [`forget`](crate::platform::storage::Storage::forget), once this is recorded.
    pub superseded: Vec<String>,
}

impl PartsState {
    /// The number of bytes it accounts for.
    pub(super) fn offset(&self) -> u64 {
        self.parts() * PART_BYTES + self.tail_bytes()
    }

    pub(super) fn parts(&self) -> u64 {
        self.multipart.as_ref().map_or(0, |m| m.parts.len() as u64)
    }

    pub(super) fn tail_bytes(&self) -> u64 {
        self.tails.iter().map(|tail| tail.len).sum()
    }

    pub(super) fn multipart_id(&self) -> Option<&str> {
        self.multipart.as_ref().map(|m| m.id.as_str())
    }
}
