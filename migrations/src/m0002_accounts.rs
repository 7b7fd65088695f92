//! Hosts and admins: users, their sessions and the links mailed to them.

use sea_orm_migration::prelude::*;

use crate::shapes::{
    belongs, bytes, drop_tables, id, index, maybe_number, maybe_text, number, table, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let users = vec![
            id(),
            text("public_id"),
            text("email"),
            text("first_name"),
            text("last_name"),
            text("password_hash"),
            text("role"),
            maybe_text("locale"),
            maybe_number("verified_at"),
            maybe_number("suspended_at"),
            number("created_at"),
        ];
        manager.create_table(table("users", users)).await?;
        manager.create_index(unique("users", &["email"])).await?;
        manager
            .create_index(unique("users", &["public_id"]))
            .await?;

        let mut sessions = table(
            "sessions",
            vec![
                id(),
                number("user_id"),
                bytes("token_hash"),
                text("device"),
                number("created_at"),
                number("seen_at"),
                number("expires_at"),
            ],
        );
        belongs(&mut sessions, "sessions", "user_id", "users");
        manager.create_table(sessions).await?;
        manager
            .create_index(unique("sessions", &["token_hash"]))
            .await?;
        manager
            .create_index(index("sessions", &["user_id"]))
            .await?;

        let mut links = table(
            "mail_links",
            vec![
                id(),
                number("user_id"),
                text("purpose"),
                bytes("token_hash"),
                number("created_at"),
                number("expires_at"),
                maybe_number("used_at"),
            ],
        );
        belongs(&mut links, "mail_links", "user_id", "users");
        manager.create_table(links).await?;
        manager
            .create_index(unique("mail_links", &["token_hash"]))
            .await?;
        manager
            .create_index(index("mail_links", &["user_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["mail_links", "sessions", "users"]).await
    }
}
