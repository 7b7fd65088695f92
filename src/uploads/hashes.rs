//! SHA-256 and CRC32 of an upload, computed as the bytes pass, surviving restarts.

use sha2::digest::common::hazmat::SerializableState as _;
use sha2::{Digest as _, Sha256};

use crate::platform::error::{Error, Result};

/// Both hashes of the bytes so far.
#[derive(Clone, Default)]
pub(super) struct Hashes {
    sha256: Sha256,
    crc32: crc32fast::Hasher,
}

impl Hashes {
    /// The hashes as [`states`](Hashes::states) left them; none yet for a new upload.
    ///
    /// Errors: `Internal` when the state was not made by this function's counterpart.
    pub(super) fn resume(sha256: Option<&[u8]>, crc32: i64) -> Result<Hashes> {
        let Some(state) = sha256 else {
            return Ok(Hashes::default());
        };
        let broken = || Error::internal("the stored state of an upload's hash cannot be read");
        let state = state.try_into().map_err(|_| broken())?;
        Ok(Hashes {
            sha256: Sha256::deserialize(&state).map_err(|_| broken())?,
            crc32: crc32fast::Hasher::new_with_initial(u32::try_from(crc32).map_err(|_| broken())?),
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.crc32.update(bytes);
    }

    /// What to keep to go on later: SHA-256's state, and CRC32's, which is the value itself.
    pub(super) fn states(&self) -> (Vec<u8>, i64) {
        (
            self.sha256.serialize().to_vec(),
            i64::from(self.crc32.clone().finalize()),
        )
    }

    /// SHA-256 and CRC32 of all bytes.
    pub(super) fn finish(self) -> ([u8; 32], u32) {
        (self.sha256.finalize().into(), self.crc32.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_go_on_where_they_stood() {
        let bytes: Vec<u8> = (0..100_000u32).map(|n| n.to_le_bytes()[0] ^ 0x5a).collect();
        for cut in [0, 1, 63, 64, 65, 5_000, 99_999] {
            let mut first = Hashes::default();
            first.update(&bytes[..cut]);
            let (sha256, crc32) = first.states();
            let mut second = Hashes::resume(Some(&sha256), crc32).expect("a good state");
            second.update(&bytes[cut..]);
            let (sha256, crc32) = second.finish();
            assert_eq!(sha256[..], Sha256::digest(&bytes)[..], "cut at {cut}");
            assert_eq!(crc32, crc32fast::hash(&bytes), "cut at {cut}");
        }
    }
}
