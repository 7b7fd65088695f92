//! Events.

use sea_orm::entity::prelude::*;

use super::{EventId, ItemId, UserId};
use crate::platform::clock::At;

/// An event.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Row.
    #[sea_orm(primary_key)]
    pub id: EventId,
    /// For the host's URLs and the bucket; never changes.
    pub public_id: String,
    /// The host who made it.
    pub owner_id: UserId,
    /// What guests type and the QR holds; 8 characters, unique.
    pub code: String,
    /// ≤ 120 characters.
    pub name: String,
    /// Wedding, birthday…; one of `events::KINDS`.
    pub kind: String,
    /// `YYYY-MM-DD` in its zone.
    pub date: Option<String>,
    /// IANA name, e.g. `Europe/Berlin`.
    pub zone: String,
    /// The event password, encrypted: it is printed.
    pub password_sealed: Option<Vec<u8>>,
    /// Grows when the password changes; passes and links carry it.
    pub password_version: i64,
    /// Draft, published or closed.
    pub state: EventState,
    /// What guests see.
    pub visibility: Visibility,
    /// What waits for the host's approval.
    pub moderation: Moderation,
    /// What guests may take home.
    pub guest_downloads: GuestDownloads,
    /// Whether guests are asked for a name.
    pub asks_name: Asks,
    /// Whether guests are asked for a mail address.
    pub asks_email: Asks,
    /// Language of the guest pages, else the browser's.
    pub locale: Option<String>,
    /// ≤ 255 characters.
    pub welcome: String,
    /// ≤ 255 characters.
    pub instructions: String,
    /// Its cover.
    pub cover_item_id: Option<ItemId>,
    /// Before this no uploads are taken.
    pub uploads_open_at: Option<At>,
    /// From this on no uploads are taken.
    pub uploads_close_at: Option<At>,
    /// From this on nothing can be taken home.
    pub downloads_close_at: Option<At>,
    /// First publication.
    pub published_at: Option<At>,
    /// In the trash since.
    pub trashed_at: Option<At>,
    /// Made.
    pub created_at: At,
    /// Grows with every change that a screen may show.
    pub revision: i64,
    /// Photos that are not in the trash.
    pub photos: i64,
    /// Videos that are not in the trash.
    pub videos: i64,
    /// Items in the trash.
    pub trashed_items: i64,
    /// Guests who gave at least one file.
    pub guests: i64,
    /// Bytes of originals kept.
    pub stored_bytes: i64,
    /// Bytes announced by open uploads.
    pub reserved_bytes: i64,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum EventState {
    /// Only its host can look at it.
    #[sea_orm(string_value = "draft")]
    Draft,
    /// The link works.
    #[sea_orm(string_value = "published")]
    Published,
    /// The link works; uploads are over.
    #[sea_orm(string_value = "closed")]
    Closed,
}

/// What guests see of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Visibility {
    /// Nothing: they only give.
    #[sea_orm(string_value = "upload_only")]
    UploadOnly,
    /// What they gave themselves.
    #[sea_orm(string_value = "own")]
    Own,
    /// The shared gallery.
    #[sea_orm(string_value = "gallery")]
    Gallery,
}

/// What waits for the host's approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Moderation {
    /// Nothing.
    #[sea_orm(string_value = "off")]
    Off,
    /// New items, everywhere.
    #[sea_orm(string_value = "hold_all")]
    HoldAll,
    /// New items, on the wall only.
    #[sea_orm(string_value = "hold_wall")]
    HoldWall,
}

/// What guests may take home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum GuestDownloads {
    /// Nothing.
    #[sea_orm(string_value = "off")]
    Off,
    /// The renditions.
    #[sea_orm(string_value = "renditions")]
    Renditions,
    /// Full size, without place.
    #[sea_orm(string_value = "full_size")]
    FullSize,
}

/// Whether guests are asked for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Asks {
    /// No.
    #[sea_orm(string_value = "off")]
    Off,
    /// They may say it.
    #[sea_orm(string_value = "optional")]
    Optional,
    /// They must say it.
    #[sea_orm(string_value = "required")]
    Required,
}

/// None declared: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
