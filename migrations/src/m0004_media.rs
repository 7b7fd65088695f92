//! Media items, who submitted them, and uploads on their way.

use sea_orm_migration::prelude::*;

use crate::shapes::{
    belongs, bytes, count, drop_tables, flag, id, index, maybe_bytes, maybe_number, maybe_real,
    maybe_text, number, table, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        items(manager).await?;
        submissions(manager).await?;
        uploads(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["uploads", "submissions", "items"]).await
    }
}

async fn items(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut items = table(
        "items",
        vec![
            id(),
            text("public_id"),
            number("event_id"),
            // photo or video, and its exact format by content.
            text("kind"),
            text("format"),
            // received, ready or failed.
            text("state"),
            maybe_text("failure"),
            maybe_number("job_id"),
            // Moderation: open, held, approved or rejected.
            text("approval"),
            bytes("sha256"),
            number("crc32"),
            number("size_bytes"),
            text("file_name"),
            maybe_number("width_px"),
            maybe_number("height_px"),
            maybe_number("duration_ms"),
            maybe_text("thumbhash"),
            // Which renditions exist, e.g. `400 960`.
            text("renditions").default("").to_owned(),
            maybe_number("taken_local_ms"),
            maybe_number("taken_offset_s"),
            maybe_text("camera"),
            maybe_real("latitude"),
            maybe_real("longitude"),
            // Capture moment, or the greatest number when undated.
            number("sort_at_ms"),
            number("received_at"),
            maybe_number("trashed_at"),
            maybe_number("erased_at"),
            // The event's revision when it last changed.
            number("revision"),
        ],
    );
    belongs(&mut items, "items", "event_id", "events");
    manager.create_table(items).await?;
    manager
        .create_index(unique("items", &["public_id"]))
        .await?;
    manager
        .create_index(unique("items", &["event_id", "sha256"]))
        .await?;
    manager
        .create_index(index("items", &["event_id", "revision"]))
        .await?;
    manager
        .create_index(index("items", &["state", "received_at"]))
        .await?;
    // The gallery's order on the rows it shows, and the trash's on those it does not (partial on both databases).
    let db = manager.get_connection();
    db.execute_unprepared(
        "CREATE INDEX ix_items_order ON items (event_id, sort_at_ms, id) WHERE trashed_at IS NULL",
    )
    .await?;
    db.execute_unprepared(
        "CREATE INDEX ix_items_kind_order ON items (event_id, kind, sort_at_ms, id) WHERE trashed_at IS NULL",
    )
    .await?;
    db.execute_unprepared(
        "CREATE INDEX ix_items_trash ON items (event_id, sort_at_ms, id) WHERE trashed_at IS NOT NULL",
    )
    .await?;
    db.execute_unprepared(
        "CREATE INDEX ix_items_purge ON items (trashed_at) WHERE trashed_at IS NOT NULL AND erased_at IS NULL",
    )
    .await?;
    Ok(())
}

async fn submissions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut submissions = table(
        "submissions",
        vec![
            id(),
            number("event_id"),
            number("item_id"),
            // None: the host's own upload.
            maybe_number("guest_id"),
            text("file_name"),
            number("created_at"),
            maybe_number("removed_at"),
        ],
    );
    belongs(&mut submissions, "submissions", "event_id", "events");
    belongs(&mut submissions, "submissions", "item_id", "items");
    belongs(&mut submissions, "submissions", "guest_id", "guests");
    manager.create_table(submissions).await?;
    manager
        .create_index(unique("submissions", &["item_id", "guest_id"]))
        .await?;
    manager
        .create_index(index("submissions", &["guest_id"]))
        .await?;
    manager
        .create_index(index("submissions", &["event_id"]))
        .await
}

async fn uploads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut uploads = table(
        "uploads",
        vec![
            id(),
            text("public_id"),
            number("event_id"),
            maybe_number("guest_id"),
            // The public id its item gets, and so where its bytes go.
            text("item_public_id"),
            // open, finished, ended or expired.
            text("state"),
            number("length_bytes"),
            number("offset_bytes"),
            text("file_name"),
            maybe_number("modified_ms"),
            maybe_text("format"),
            // The first bytes, until they are enough to tell the format.
            maybe_bytes("head"),
            // SHA-256's and CRC32's state at offset_bytes.
            maybe_bytes("sha256_state"),
            count("crc32_state"),
            // What storage needs to go on at offset_bytes (JSON).
            text("parts").default("{}").to_owned(),
            // Grows with each request that takes the upload over: only the newest may write.
            count("writer"),
            maybe_number("item_id"),
            flag("duplicate"),
            number("created_at"),
            number("touched_at"),
            number("expires_at"),
        ],
    );
    belongs(&mut uploads, "uploads", "event_id", "events");
    manager.create_table(uploads).await?;
    manager
        .create_index(unique("uploads", &["public_id"]))
        .await?;
    manager
        .create_index(index("uploads", &["state", "expires_at"]))
        .await?;
    manager.create_index(index("uploads", &["event_id"])).await
}
