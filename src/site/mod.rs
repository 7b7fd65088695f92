//! The site around the product: the start page and what machines ask for.

pub mod home;
mod readiness;
pub mod robots;

pub use readiness::readiness;
