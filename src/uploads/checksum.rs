//! Checksums of one request's bytes. Source: tus 1.0.0, extension "Checksum".

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::platform::error::{Error, Refusal, Result};

/// The algorithms that are understood, as `Tus-Checksum-Algorithm` lists them.
pub(super) const ALGORITHMS: &str = "sha1,sha256,crc32";

/// What the bytes of a request must come to.
pub struct Checksum {
    running: Running,
    expected: Vec<u8>,
}

enum Running {
    Sha1(aws_lc_rs::digest::Context),
    Sha256(Box<Sha256>),
    Crc32(crc32fast::Hasher),
}

impl Checksum {
    /// Reads `Upload-Checksum: ALGORITHM BASE64`.
    ///
    /// Errors: `checksum_unknown` when the algorithm is none of [`ALGORITHMS`] or the value garbled.
    pub fn parse(header: &str) -> Result<Checksum> {
        let unknown = || Error::from(Refusal::ChecksumUnknown);
        let (algorithm, value) = header.trim().split_once(' ').ok_or_else(unknown)?;
        let expected = STANDARD.decode(value.trim()).map_err(|_| unknown())?;
        let (running, length) = match algorithm {
            "sha1" => {
                let sha1 = &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY;
                (Running::Sha1(aws_lc_rs::digest::Context::new(sha1)), 20)
            }
            "sha256" => (Running::Sha256(Box::default()), 32),
            "crc32" => (Running::Crc32(crc32fast::Hasher::new()), 4),
            _ => return Err(unknown()),
        };
        if expected.len() != length {
            return Err(unknown());
        }
        Ok(Checksum { running, expected })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.running {
            Running::Sha1(hash) => hash.update(bytes),
            Running::Sha256(hash) => hash.update(bytes),
            Running::Crc32(hash) => hash.update(bytes),
        }
    }

    /// Errors: `checksum_mismatch`.
    pub(super) fn check(self) -> Result<()> {
        let found = match self.running {
            Running::Sha1(hash) => hash.finish().as_ref().to_vec(),
            Running::Sha256(hash) => hash.finalize().to_vec(),
            Running::Crc32(hash) => hash.finalize().to_be_bytes().to_vec(),
        };
        if found == self.expected {
            Ok(())
        } else {
            Err(Refusal::ChecksumMismatch.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(header: &str, bytes: &[u8]) -> bool {
        let mut checksum = Checksum::parse(header).expect("understood");
        checksum.update(bytes);
        checksum.check().is_ok()
    }

    #[test]
    fn each_algorithm_tells_right_from_wrong() {
        for header in [
            "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=",
            "sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
            "crc32 NhCmhg==",
        ] {
            assert!(holds(header, b"hello"), "{header}");
            assert!(!holds(header, b"hellO"), "{header}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for header in [
            "",
            "sha256",
            "md5 XUFAKrxLKna5cZ2REBfFkg==",
            "sha256 c2hvcnQ=",
            "crc32 %%%",
        ] {
            assert!(Checksum::parse(header).is_err(), "{header}");
        }
    }
}
