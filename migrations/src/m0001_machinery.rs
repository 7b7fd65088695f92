//! The private tables of the platform: write lock, leases, limits, outbox, jobs, mails, certificates, settings, audit.

use sea_orm_migration::prelude::*;

use crate::shapes::{
    bytes, count, drop_tables, flag, id, index, maybe_number, maybe_text, number, table, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn key(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .text()
        .not_null()
        .primary_key()
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Never holds a row: a DELETE on it takes SQLite's write lock.
        manager
            .create_table(table("write_lock", vec![id()]))
            .await?;
        manager
            .create_table(table(
                "settings",
                vec![key("key"), text("value"), number("changed_at")],
            ))
            .await?;
        // Schedules and other work that one instance does at a time.
        manager
            .create_table(table(
                "leases",
                vec![
                    key("name"),
                    text("holder"),
                    number("token"),
                    number("expires_at"),
                ],
            ))
            .await?;
        manager
            .create_table(table(
                "limit_counts",
                vec![key("key"), number("window_at"), number("times")],
            ))
            .await?;
        manager
            .create_index(index("limit_counts", &["window_at"]))
            .await?;
        manager
            .create_table(table(
                "outbox",
                vec![id(), text("topic"), text("body"), number("created_at")],
            ))
            .await?;
        manager
            .create_table(table(
                // Not `jobs`: the queue's own table is `Jobs`, which SQLite takes for the same name.
                "job_states",
                vec![
                    id(),
                    text("kind"),
                    text("payload"),
                    text("state"),
                    count("attempt"),
                    number("run_at"),
                    text("lease_holder").default("").to_owned(),
                    count("lease_token"),
                    count("lease_expires_at"),
                    maybe_text("last_error"),
                    maybe_text("trace_parent"),
                    number("created_at"),
                    maybe_number("finished_at"),
                ],
            ))
            .await?;
        manager
            .create_index(index("job_states", &["state", "kind", "run_at"]))
            .await?;
        manager
            .create_table(table(
                "mails",
                vec![
                    id(),
                    text("message_id"),
                    text("kind"),
                    bytes("sealed"),
                    text("state"),
                    maybe_text("last_error"),
                    number("created_at"),
                    maybe_number("sent_at"),
                ],
            ))
            .await?;
        manager
            .create_table(table(
                "certificates",
                vec![key("key"), bytes("sealed"), number("changed_at")],
            ))
            .await?;
        manager
            .create_table(table(
                "audit",
                vec![
                    id(),
                    number("at"),
                    text("actor"),
                    text("action"),
                    text("subject"),
                    text("detail"),
                    flag("by_admin"),
                ],
            ))
            .await?;
        manager.create_index(index("audit", &["at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let names = [
            "audit",
            "certificates",
            "mails",
            "job_states",
            "outbox",
            "limit_counts",
            "leases",
            "settings",
            "write_lock",
        ];
        drop_tables(manager, &names).await
    }
}
