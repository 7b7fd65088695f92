//! The filters of the gallery.

use serde::Deserialize;

use crate::tables::items::{ItemKind, Model as Item};

/// Which items are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All that are not in the trash.
    #[default]
    All,
    /// Photos that are not in the trash.
    Photos,
    /// Videos that are not in the trash.
    Videos,
    /// Those in the trash.
    Trash,
}

impl Filter {
    /// As in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Filter::All => "all",
            Filter::Photos => "photos",
            Filter::Videos => "videos",
            Filter::Trash => "trash",
        }
    }

    /// The only kind it shows, if it shows one.
    pub fn kind(self) -> Option<ItemKind> {
        match self {
            Filter::Photos => Some(ItemKind::Photo),
            Filter::Videos => Some(ItemKind::Video),
            Filter::All | Filter::Trash => None,
        }
    }

    /// Whether it shows this item, which its viewer may see.
    pub fn shows(self, item: &Item) -> bool {
        (self == Filter::Trash) == item.trashed_at.is_some()
            && self.kind().is_none_or(|kind| kind == item.kind)
    }
}
