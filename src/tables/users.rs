//! Hosts and admins.

use sea_orm::entity::prelude::*;

use super::UserId;
use crate::platform::clock::At;

/// A person with an account.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: UserId,
    /// For URLs.
    pub public_id: String,
    /// Normalised: trimmed, lower-case.
    pub email: String,
    /// ≤ 80 characters.
    pub first_name: String,
    /// ≤ 80 characters.
    pub last_name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Host or admin.
    pub role: Role,
    /// Language chosen, else the browser's.
    pub locale: Option<String>,
    /// When the mail address was confirmed.
    pub verified_at: Option<At>,
    /// Since when they may not sign in.
    pub suspended_at: Option<At>,
    /// Sign-up.
    pub created_at: At,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Role {
    /// Has events.
    #[sea_orm(string_value = "host")]
    Host,
    /// Runs the installation (and may have events).
    #[sea_orm(string_value = "admin")]
    Admin,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
