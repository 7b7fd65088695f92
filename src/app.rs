//! `App`: what pages and jobs can reach.

use std::ops::Deref;
use std::sync::Arc;

use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::hub::Hub;
use crate::platform::secrets::{Rng, Secrets};

/// One running EPU, as its pages and jobs see it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// Database.
    pub db: Db,
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
