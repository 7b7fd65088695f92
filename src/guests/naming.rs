//! The name a guest gives.

use crate::events::Event;
use crate::platform::db::Tx;
use crate::platform::error::{Error, Result};
use crate::tables::events::Asks;

use super::{Guest, store};

/// Keeps `name` (≤ 80 characters), shown with the guest's photos. Empty takes it back, unless the event requires one.
///
/// Errors: `Invalid` (field `name`).
pub async fn rename(tx: &Tx, event: &Event, guest: &Guest, name: &str) -> Result<()> {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let name = name.trim();
    if name.chars().count() > 80 {
        return Err(Error::field("name", "guest-name-long"));
    }
    if name.is_empty() && event.asks_name == Asks::Required {
        return Err(Error::field("name", "guest-name-missing"));
    }
    store::rename(tx, guest.id, name).await
}
