//! `App`: what pages and jobs can reach.

use std::ops::Deref;
use std::sync::Arc;

use crate::imaging::Pool;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::hub::Hub;
use crate::platform::mail::Mailer;
use crate::platform::secrets::{Rng, Secrets};
use crate::platform::storage::Storage;
use crate::platform::texts::Texts;
use crate::platform::turns::Turns;

/// One running EPU, as its pages and jobs see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// Database.
    pub db: Db,
    /// Words for people.
    pub texts: Texts,
    /// Decoders.
    pub pool: Pool,
    /// Mail.
    pub mailer: Mailer,
    /// Files.
    pub storage: Storage,
    /// One request at a time on one upload.
    pub turns: Turns,
    /// News for screens and workers.
    pub hub: Hub,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub rng: Rng,
    /// Signatures and seals.
    pub secrets: Secrets,
}

impl App {
    /// An app of these parts.
    pub fn new(parts: Parts) -> App {
        App(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
