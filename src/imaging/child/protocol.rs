//! What parent and child say to each other over the child's stdin and stdout.
//!
//! Every message is a length (4 bytes, big-endian) and JSON. Parent: [`Task`], then the file's
//! bytes, then one byte once [`Answer::Need`] is granted. Child: `Need` for a photo, then
//! [`Answer::Done`] followed by the renditions' bytes in the order announced, or
//! [`Answer::Failed`].

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::imaging::failure::Failure;
use crate::imaging::formats::Kind;
use crate::imaging::rendered::Facts;

/// The longest message, in bytes.
pub(crate) const MAX_MESSAGE_BYTES: u32 = 64 << 10;

/// The parent's "go on" once memory is granted.
pub(crate) const GRANTED: u8 = b'+';

/// What the child shall work on.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Task {
    /// What the file is, by its first bytes.
    pub kind: Kind,
    /// How many bytes will follow.
    pub size_bytes: u64,
}

/// What the child has to say.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// The header is acceptable; the pixels would need this much memory.
    Need {
        /// At the peak, in bytes.
        bytes: u64,
    },
    /// It worked.
    Done(Done),
    /// It cannot be shown.
    Failed(Failure),
}

/// A result, without the renditions' bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Done {
    pub width_px: u32,
    pub height_px: u32,
    pub facts: Facts,
    pub thumbhash: Option<String>,
    /// Name and length in bytes of each rendition that follows.
    pub renditions: Vec<(String, u64)>,
}

/// A message as it goes over the pipe.
pub(crate) fn framed(message: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_vec(message).expect("messages are plain data");
    [&(json.len() as u32).to_be_bytes()[..], &json].concat()
}

/// Writes a message.
pub(super) fn write(mut to: impl Write, message: &impl Serialize) -> io::Result<()> {
    to.write_all(&framed(message))?;
    to.flush()
}

/// Reads a message.
pub(super) fn read<T: DeserializeOwned>(mut from: impl Read) -> io::Result<T> {
    let mut len = [0; 4];
    from.read_exact(&mut len)?;
    let len = u32::from_be_bytes(len);
    if len > MAX_MESSAGE_BYTES {
        return Err(io::Error::other("the message is too long"));
    }
    let mut json = vec![0; len as usize];
    from.read_exact(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
