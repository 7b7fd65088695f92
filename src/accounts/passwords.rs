//! Passwords: what is asked of a new one, and how they are kept.
//!
//! Argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet, 2024), off the async
//! threads and at most two at a time, so that a crowd at the door costs 38 MiB and no more.

use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::guessable;
use crate::platform::error::{Error, Result};
use crate::platform::secrets::Rng;

/// Fewest characters of a password.
pub const FEWEST: usize = 10;
/// Most characters: enough for any sentence, too few to keep Argon2 busy.
pub const MOST: usize = 256;

/// Argon2 runs at once.
static RUNS: Semaphore = Semaphore::const_new(2);
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(15);

/// Compared when there is no account, so that the answer takes as long: parameters as ours, no password fits.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz\
                       $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The Fluent key of what is wrong with a new password of somebody of whom `known` is known.
pub fn problem(password: &str, known: &[&str]) -> Option<&'static str> {
    let length = password.chars().count();
    if length == 0 {
        Some("field-needed")
    } else if length < FEWEST {
        Some("password-too-short")
    } else if length > MOST {
        Some("field-too-long")
    } else if guessable::is_personal(password, known) {
        Some("password-personal")
    } else if guessable::is_common(password) {
        Some("password-common")
    } else {
        None
    }
}

/// The hash that is kept of `password`, in PHC form with a random salt.
pub async fn hash(password: &str, rng: &Rng) -> Result<String> {
    let (password, salt) = (password.to_owned(), rng.bytes::<16>());
    run(move || {
        let hash: PasswordHash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| Error::internal(format!("Argon2: {error}")))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether `password` is the one kept as `hash`. `None`, for an account that does not exist, takes as long
/// and is never right.
pub async fn is_right(password: &str, hash: Option<&str>) -> Result<bool> {
    if password.chars().count() > MOST {
        return Ok(false);
    }
    let (password, is_somebodys) = (password.to_owned(), hash.is_some());
    let hash = hash.unwrap_or(NOBODYS).to_owned();
    run(move || {
        let hash = PasswordHash::new(&hash).map_err(|error| {
            Error::internal(format!("a kept password hash is damaged: {error}"))
        })?;
        let fits = Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok();
        Ok(fits && is_somebodys)
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let turn: SemaphorePermit<'static> = tokio::time::timeout(PATIENCE, RUNS.acquire())
        .await
        .map_err(|_| Error::Unavailable("too many passwords are being compared".into()))?
        .expect("the semaphore is never closed");
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    done.await.map_err(Error::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_only() {
        let hash = hash("tulips in the rain", &Rng::system()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(is_right("tulips in the rain", Some(&hash)).await.unwrap());
        assert!(!is_right("tulips in the sun", Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!is_right("", None).await.unwrap());
        assert!(!is_right("anything at all", None).await.unwrap());
    }

    #[test]
    fn a_new_password_is_long_enough_and_not_the_first_guess() {
        let known = ["Mara", "Lind", "mara@example.com"];
        assert_eq!(problem("", &known), Some("field-needed"));
        assert_eq!(problem("nine char", &known), Some("password-too-short"));
        assert_eq!(problem(&"x y".repeat(100), &known), Some("field-too-long"));
        assert_eq!(problem("password123", &known), Some("password-common"));
        assert_eq!(problem("maralind2026", &known), Some("password-personal"));
        assert_eq!(problem("zehn köpfe", &known), None);
    }
}
