//! Events, and the guests' passes to them.

use sea_orm_migration::prelude::*;

use crate::shapes::{
    belongs, count, drop_tables, id, index, maybe_bytes, maybe_number, maybe_text, number, table,
    text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut events = table(
            "events",
            vec![
                id(),
                text("public_id"),
                number("owner_id"),
                text("code"),
                text("name"),
                text("kind"),
                // YYYY-MM-DD in the event's zone.
                maybe_text("date"),
                text("zone"),
                maybe_bytes("password_sealed"),
                count("password_version"),
                text("state"),
                text("visibility"),
                text("moderation"),
                text("guest_downloads"),
                text("asks_name"),
                text("asks_email"),
                maybe_text("locale"),
                text("welcome").default("").to_owned(),
                text("instructions").default("").to_owned(),
                maybe_number("cover_item_id"),
                maybe_number("uploads_open_at"),
                maybe_number("uploads_close_at"),
                maybe_number("downloads_close_at"),
                maybe_number("published_at"),
                maybe_number("trashed_at"),
                number("created_at"),
                // Grows with every change that a screen may show.
                count("revision"),
                count("photos"),
                count("videos"),
                count("trashed_items"),
                count("guests"),
                count("stored_bytes"),
                count("reserved_bytes"),
            ],
        );
        belongs(&mut events, "events", "owner_id", "users");
        manager.create_table(events).await?;
        manager
            .create_index(unique("events", &["public_id"]))
            .await?;
        manager.create_index(unique("events", &["code"])).await?;
        manager.create_index(index("events", &["owner_id"])).await?;

        let mut guests = table(
            "guests",
            vec![
                id(),
                text("public_id"),
                number("event_id"),
                text("name").default("").to_owned(),
                text("email").default("").to_owned(),
                maybe_text("locale"),
                // The version of the event's password that this pass was given for.
                count("password_version"),
                count("submissions"),
                number("created_at"),
                number("seen_at"),
                maybe_number("revoked_at"),
            ],
        );
        belongs(&mut guests, "guests", "event_id", "events");
        manager.create_table(guests).await?;
        manager
            .create_index(unique("guests", &["public_id"]))
            .await?;
        manager.create_index(index("guests", &["event_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["guests", "events"]).await
    }
}
