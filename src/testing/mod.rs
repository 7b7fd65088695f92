//! The harness: scratch databases, and a whole EPU to talk to.

pub mod database;
pub mod rows;
