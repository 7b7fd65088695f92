//! Pages of accounts, one file per resource.

pub mod account;
mod field;
pub mod forgotten;
pub mod name;
pub mod password;
pub mod reset;
pub mod sent;
pub mod session;
pub mod sessions;
pub mod sign_up;
pub mod verification;

use crate::platform::error::{Error, Fields, Result};
use crate::platform::texts::Text;

/// Where people land who are signed in and brought no other wish.
const HOME: &str = "/events";

/// The fields that need mending, if that is all that went wrong.
fn mend<T>(result: Result<T>) -> Result<Result<T, Fields>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Error::Invalid(fields)) => Ok(Err(fields)),
        Err(error) => Err(error),
    }
}

/// The sentence above a form: how many fields need another look; empty when none does.
fn summary(fields: &Fields, t: &Text) -> String {
    match fields.iter().count() {
        0 => String::new(),
        count => t.with("fields-wrong", [("count", count.into())]),
    }
}
