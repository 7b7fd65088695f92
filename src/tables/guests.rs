//! Guests: their passes to an event.

use sea_orm::entity::prelude::*;

use super::{EventId, GuestId};
use crate::platform::clock::At;

/// A guest's pass: one browser at one event.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "guests")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: GuestId,
    /// In the pass cookie.
    pub public_id: String,
    /// The event.
    pub event_id: EventId,
    /// As they gave it; may be empty; ≤ 80 characters.
    pub name: String,
    /// As they gave it; may be empty.
    pub email: String,
    /// Language chosen.
    pub locale: Option<String>,
    /// The version of the event's password they knew.
    pub password_version: i64,
    /// Files they gave.
    pub submissions: i64,
    /// First visit.
    pub created_at: At,
    /// Last visit, to the hour.
    pub seen_at: At,
    /// From then on it opens nothing.
    pub revoked_at: Option<At>,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
