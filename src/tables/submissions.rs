//! Who gave which item.

use sea_orm::entity::prelude::*;

use super::{EventId, GuestId, ItemId, SubmissionId};
use crate::platform::clock::At;

/// One guest gave one item.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "submissions")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: SubmissionId,
    /// The event.
    pub event_id: EventId,
    /// The item.
    pub item_id: ItemId,
    /// The guest; none when the host gave it.
    pub guest_id: Option<GuestId>,
    /// As this guest named it, made safe.
    pub file_name: String,
    /// When.
    pub created_at: At,
    /// When the guest took it back.
    pub removed_at: Option<At>,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
