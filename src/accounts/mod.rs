//! Accounts of hosts and admins: signing up, confirming the address, signing in, sessions, passwords.
//!
//! Nothing here tells a stranger which addresses have an account: sign-up and "forgot" answer alike and
//! put the truth into a mail; sign-in takes as long for nobody as for somebody.

mod addressed;
mod admins;
#[cfg(any(test, feature = "testing"))]
mod casting;
mod changing;
mod extract;
mod guessable;
mod links;
mod mails;
pub mod pages;
mod passwords;
mod people;
mod resetting;
mod sessions;
mod signing_in;
mod signing_up;
mod store;
mod sweeping;
mod verifying;

pub use admins::{Promoted, create_admin, ensure_user};
#[cfg(any(test, feature = "testing"))]
pub use casting::{PASSWORD, cast};
pub use changing::{NewPassword, change_password, rename};
pub use extract::{Admin, Host, MaybeHost, recognise};
pub use people::initials;
pub use resetting::{ask_reset, reset, to_reset};
pub use sessions::{Session, present, sign_out, sign_out_everywhere};
pub use signing_in::{Attempt, Outcome, sign_in};
pub use signing_up::{SignUp, sign_up};
pub use sweeping::sweep;
pub use verifying::{ask_again, proof, to_verify, verify};

/// A person with an account.
pub use crate::tables::users::Model as User;

#[cfg(test)]
mod tests;
