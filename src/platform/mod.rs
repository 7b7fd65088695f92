//! Machinery that has never heard of photos: settings, time, secrets, database, storage, jobs, mail, pages.
//!
//! It may own private tables (leases, limits, certificates, settings) but names no feature
//! and no table of the product.

pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod hub;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod outbox;
pub mod secrets;
pub mod storage;
pub mod telemetry;
pub mod texts;
pub mod tls;
pub mod turns;
pub mod web;
