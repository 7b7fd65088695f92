//! Certificates and the ACME account, kept sealed in the database, so that a restart orders nothing anew.

use async_trait::async_trait;
use rustls_acme::{AccountCache, CertCache};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::platform::clock::{At, Clock};
use crate::platform::db::Db;
use crate::platform::error::{Error, Result};
use crate::platform::secrets::{Rng, Secrets};

/// What keys are sealed for.
const PURPOSE: &str = "certificate";

mod kept {
    //! The private table of this module.
    use super::At;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "certificates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub sealed: Vec<u8>,
        pub changed_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The cache. Cheap to clone.
#[derive(Clone)]
pub(super) struct Cache {
    db: Db,
    secrets: Secrets,
    rng: Rng,
    clock: Clock,
}

impl Cache {
    pub fn new(db: Db, secrets: Secrets, rng: Rng) -> Cache {
        Cache {
            db,
            secrets,
            rng,
            clock: Clock::system(),
        }
    }

    /// `None` as well for what was sealed under another `secret_key`: it is ordered anew.
    async fn load(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let row = kept::Entity::find_by_id(key).one(self.db.read()).await?;
        Ok(row.and_then(|row| self.secrets.open(PURPOSE, &row.sealed)))
    }

    async fn store(&self, key: String, plain: &[u8]) -> Result<()> {
        let row = kept::ActiveModel {
            key: Set(key),
            sealed: Set(self.secrets.seal(PURPOSE, plain, &self.rng)),
            changed_at: Set(self.clock.now()),
        };
        self.db
            .write(async move |tx| {
                let newer = OnConflict::column(kept::Column::Key)
                    .update_columns([kept::Column::Sealed, kept::Column::ChangedAt])
                    .to_owned();
                kept::Entity::insert(row)
                    .on_conflict(newer)
                    .exec_without_returning(tx)
                    .await?;
                Ok(())
            })
            .await
    }
}

fn key(kind: &str, names: &[String], directory: &str) -> String {
    format!("{kind} {} {directory}", names.join(","))
}

#[async_trait]
impl CertCache for Cache {
    type EC = Error;

    async fn load_cert(&self, domains: &[String], directory: &str) -> Result<Option<Vec<u8>>> {
        self.load(&key("certificate", domains, directory)).await
    }

    async fn store_cert(&self, domains: &[String], directory: &str, pem: &[u8]) -> Result<()> {
        self.store(key("certificate", domains, directory), pem)
            .await
    }
}

#[async_trait]
impl AccountCache for Cache {
    type EA = Error;

    async fn load_account(&self, contact: &[String], directory: &str) -> Result<Option<Vec<u8>>> {
        self.load(&key("account", contact, directory)).await
    }

    async fn store_account(
        &self,
        contact: &[String],
        directory: &str,
        key_pair: &[u8],
    ) -> Result<()> {
        self.store(key("account", contact, directory), key_pair)
            .await
    }
}
