//! Uploads on their way.

use sea_orm::entity::prelude::*;

use super::{EventId, GuestId, ItemId, UploadId};
use crate::platform::clock::At;

/// A tus upload.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: UploadId,
    /// In its URL.
    pub public_id: String,
    /// The event.
    pub event_id: EventId,
    /// The guest; none when the host sends.
    pub guest_id: Option<GuestId>,
    /// The public id its item gets.
    pub item_public_id: String,
    /// Where it stands.
    pub state: UploadState,
    /// Announced.
    pub length_bytes: i64,
    /// Durable; never taken back once acknowledged.
    pub offset_bytes: i64,
    /// As announced, made safe.
    pub file_name: String,
    /// The file's own time as announced, ms UTC.
    pub modified_ms: Option<i64>,
    /// By content, once the first bytes are here.
    pub format: Option<String>,
    /// The first bytes, until they are enough to tell the format.
    pub head: Option<Vec<u8>>,
    /// SHA-256's inner state at `offset_bytes`.
    pub sha256_state: Option<Vec<u8>>,
    /// CRC32 at `offset_bytes`.
    pub crc32_state: i64,
    /// What storage needs to go on (JSON).
    pub parts: String,
    /// Grows with each request that takes it over: only the newest may write.
    pub writer: i64,
    /// What it became.
    pub item_id: Option<ItemId>,
    /// Whether that item was there before.
    pub duplicate: bool,
    /// Announced.
    pub created_at: At,
    /// Last byte.
    pub touched_at: At,
    /// Given up then.
    pub expires_at: At,
}

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum UploadState {
    /// Takes bytes.
    #[sea_orm(string_value = "open")]
    Open,
    /// Became an item.
    #[sea_orm(string_value = "finished")]
    Finished,
    /// Ended by the client.
    #[sea_orm(string_value = "ended")]
    Ended,
    /// Given up.
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
