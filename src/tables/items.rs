//! Media items: one per content and event.

use sea_orm::entity::prelude::*;

use super::{EventId, ItemId};
use crate::platform::clock::At;

/// `sort_at_ms` of an item whose capture time nobody knows: after all others.
pub const UNDATED: i64 = i64::MAX;

/// A photo or video.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "items")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: ItemId,
    /// For URLs and the bucket.
    pub public_id: String,
    /// The event.
    pub event_id: EventId,
    /// Photo or video.
    pub kind: ItemKind,
    /// Exact format by content, e.g. `jpeg`; see `imaging::formats`.
    pub format: String,
    /// Received, ready or failed.
    pub state: ItemState,
    /// Why it cannot be shown: a stable code.
    pub failure: Option<String>,
    /// The job that makes it ready.
    pub job_id: Option<i64>,
    /// Moderation.
    pub approval: Approval,
    /// Of the original; 32 bytes, unique within the event.
    pub sha256: Vec<u8>,
    /// Of the original, for ZIP.
    pub crc32: i64,
    /// Of the original.
    pub size_bytes: i64,
    /// As first given, made safe.
    pub file_name: String,
    /// Upright.
    pub width_px: Option<i64>,
    /// Upright.
    pub height_px: Option<i64>,
    /// Of a video.
    pub duration_ms: Option<i64>,
    /// Placeholder, base64.
    pub thumbhash: Option<String>,
    /// Long edges of the renditions there are, in px, e.g. `400 960 1920`.
    pub renditions: String,
    /// Capture time as the camera's clock showed it, in ms as if UTC.
    pub taken_local_ms: Option<i64>,
    /// The camera's offset from UTC, in seconds, when it says so.
    pub taken_offset_s: Option<i64>,
    /// Make and model.
    pub camera: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Capture moment in ms UTC, or [`UNDATED`].
    pub sort_at_ms: i64,
    /// Upload finished.
    pub received_at: At,
    /// In the trash since.
    pub trashed_at: Option<At>,
    /// Its files are gone since.
    pub erased_at: Option<At>,
    /// The event's revision when it last changed.
    pub revision: i64,
}

/// Photo or video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ItemKind {
    /// A still (or animated) picture.
    #[sea_orm(string_value = "photo")]
    Photo,
    /// A film.
    #[sea_orm(string_value = "video")]
    Video,
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ItemState {
    /// The original is kept; renditions are being made.
    #[sea_orm(string_value = "received")]
    Received,
    /// It can be shown.
    #[sea_orm(string_value = "ready")]
    Ready,
    /// It cannot be shown; the original can be downloaded by the host.
    #[sea_orm(string_value = "failed")]
    Failed,
}

/// Moderation of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Approval {
    /// Nobody was asked.
    #[sea_orm(string_value = "open")]
    Open,
    /// Waits for the host.
    #[sea_orm(string_value = "held")]
    Held,
    /// The host said yes.
    #[sea_orm(string_value = "approved")]
    Approved,
    /// The host said no.
    #[sea_orm(string_value = "rejected")]
    Rejected,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
