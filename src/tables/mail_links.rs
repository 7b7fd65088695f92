//! Links mailed to confirm an address or reset a password.

use sea_orm::entity::prelude::*;

use super::{MailLinkId, UserId};
use crate::platform::clock::At;

/// A link that works once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_links")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: MailLinkId,
    /// Whose.
    pub user_id: UserId,
    /// What it does.
    pub purpose: Purpose,
    /// SHA-256 of the secret in the link.
    pub token_hash: Vec<u8>,
    /// When it was mailed.
    pub created_at: At,
    /// Then it is worth nothing.
    pub expires_at: At,
    /// When it did its work.
    pub used_at: Option<At>,
}

/// What a mailed link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Confirms the mail address.
    #[sea_orm(string_value = "verify")]
    Verify,
    /// Lets a new password be chosen.
    #[sea_orm(string_value = "reset")]
    Reset,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
