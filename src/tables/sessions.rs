//! Who is signed in, on which browser.

use sea_orm::entity::prelude::*;

use super::{SessionId, UserId};
use crate::platform::clock::At;

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the cookie's secret.
    pub token_hash: Vec<u8>,
    /// The browser in short words, for the list of sessions.
    pub device: String,
    /// Sign-in.
    pub created_at: At,
    /// Last request, to the hour.
    pub seen_at: At,
    /// Slides with each use.
    pub expires_at: At,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
