//! Chance and secrets: random values, signatures and sealed values.
//!
//! Every purpose has a key of its own, derived from `secret_key` by HKDF-SHA256 (RFC 5869), so that
//! what was signed for one purpose is worth nothing for another.

use std::sync::{Arc, Mutex};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};

/// Crockford's base32: no I, L, O, U. Source: crockford.com/base32.html.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random values: the machine's, or a repeatable row of them for tests.
#[derive(Clone)]
pub struct Rng(Option<Arc<Mutex<StdRng>>>);

impl Rng {
    /// The machine's own randomness.
    pub fn system() -> Self {
        Rng(None)
    }

    /// A repeatable source for tests.
    pub fn seeded(seed: u64) -> Self {
        Rng(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            None => aws_lc_rs::rand::fill(&mut bytes).expect("the machine's random source answers"),
            Some(seeded) => seeded
                .lock()
                .expect("no holder of the seeded source panics")
                .fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A secret for links and cookies: 32 random bytes, base64url.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A public, unguessable id: 16 characters (80 bits) of lower-case Crockford base32.
    pub fn public_id(&self) -> String {
        self.crockford::<16>().to_ascii_lowercase()
    }

    /// An event code: 8 characters (40 bits) of Crockford base32.
    pub fn code(&self) -> String {
        self.crockford::<8>()
    }

    /// A number in `0..below`, for jitter; `below` at least 1.
    pub fn below(&self, below: u64) -> u64 {
        u64::from_le_bytes(self.bytes()) % below.max(1)
    }

    fn crockford<const N: usize>(&self) -> String {
        self.bytes::<N>()
            .iter()
            .map(|byte| char::from(CROCKFORD[usize::from(byte % 32)]))
            .collect()
    }
}

/// Signs and seals with keys derived from the installation's `secret_key`.
#[derive(Clone)]
pub struct Secrets(Arc<hkdf::Prk>);

impl Secrets {
    /// Derives everything from `secret_key`.
    pub fn new(secret_key: &str) -> Self {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"epu");
        Secrets(Arc::new(salt.extract(secret_key.as_bytes())))
    }

    /// HMAC-SHA256 of `data` under the key for `purpose`.
    pub fn sign(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key(purpose));
        let mut mac = [0; 32];
        mac.copy_from_slice(hmac::sign(&key, data).as_ref());
        mac
    }

    /// Whether `mac` (or its first bytes, at least 16) is the signature of `data`; constant time.
    pub fn verify(&self, purpose: &str, data: &[u8], mac: &[u8]) -> bool {
        let expected = self.sign(purpose, data);
        (16..=expected.len()).contains(&mac.len()) && same(&expected[..mac.len()], mac)
    }

    /// Encrypts and authenticates `plain` (AES-256-GCM); the nonce stands in front.
    pub fn seal(&self, purpose: &str, plain: &[u8], rng: &Rng) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = rng.bytes();
        let mut sealed = plain.to_vec();
        self.aead(purpose)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut sealed,
            )
            .expect("values sealed here are far below the limit of AES-GCM");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What [`seal`](Secrets::seal) took, or `None` when it was altered or sealed under another key.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let plain = self
            .aead(purpose)
            .open_in_place(nonce, Aad::empty(), &mut body)
            .ok()?;
        Some(plain.to_vec())
    }

    fn aead(&self, purpose: &str) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, &self.key(purpose)).expect("the key has 32 bytes");
        LessSafeKey::new(key)
    }

    fn key(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        self.0
            .expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(&mut key))
            .expect("HKDF gives 32 bytes for any purpose");
        key
    }
}

/// Whether two byte strings are equal, in time that tells nothing about where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

/// SHA-256 of a secret that is only kept as its hash (tokens of sessions and links).
pub fn fingerprint(token: &str) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_purpose_and_data_only() {
        let secrets = Secrets::new("a secret key of at least 32 characters");
        let mac = secrets.sign("media", b"photo");

        assert!(secrets.verify("media", b"photo", &mac));
        assert!(secrets.verify("media", b"photo", &mac[..16]));
        assert!(!secrets.verify("media", b"photo", &mac[..8]));
        assert!(!secrets.verify("media", b"photos", &mac));
        assert!(!secrets.verify("pass", b"photo", &mac));
    }

    #[test]
    fn a_sealed_value_opens_under_its_own_key_only() {
        let (secrets, rng) = (Secrets::new("one key"), Rng::system());
        let sealed = secrets.seal("event password", b"tulip 7", &rng);

        assert_eq!(
            secrets.open("event password", &sealed).as_deref(),
            Some(&b"tulip 7"[..])
        );
        assert_eq!(secrets.open("certificate", &sealed), None);
        assert_eq!(
            Secrets::new("other key").open("event password", &sealed),
            None
        );
        assert_eq!(secrets.open("event password", &sealed[..5]), None);
    }

    #[test]
    fn codes_use_only_unambiguous_characters() {
        let code = Rng::seeded(1).code();
        assert_eq!(code.len(), 8);
        assert!(code.bytes().all(|c| CROCKFORD.contains(&c)));
    }
}
