//! Shapes of columns that recur. Changing one here would change history: add new ones instead.

use sea_orm_migration::prelude::*;

pub fn id() -> ColumnDef {
    ColumnDef::new(Alias::new("id"))
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key()
        .to_owned()
}

pub fn number(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .big_integer()
        .not_null()
        .to_owned()
}

pub fn count(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .big_integer()
        .not_null()
        .default(0)
        .to_owned()
}

pub fn maybe_number(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().to_owned()
}

pub fn text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .text()
        .not_null()
        .to_owned()
}

pub fn maybe_text(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().to_owned()
}

pub fn bytes(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .blob()
        .not_null()
        .to_owned()
}

pub fn maybe_bytes(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().to_owned()
}

pub fn maybe_real(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).double().to_owned()
}

pub fn flag(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
        .boolean()
        .not_null()
        .default(false)
        .to_owned()
}

/// A table of these columns.
pub fn table(name: &str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    table
}

/// `column` belongs to a row of `parent` and goes with it.
pub fn belongs(table: &mut TableCreateStatement, own: &str, column: &str, parent: &str) {
    table.foreign_key(
        ForeignKey::create()
            .name(format!("fk_{own}_{column}"))
            .from(Alias::new(own), Alias::new(column))
            .to(Alias::new(parent), Alias::new("id"))
            .on_delete(ForeignKeyAction::Cascade),
    );
}

/// An index named after its table and columns.
pub fn index(table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// A unique index named after its table and columns.
pub fn unique(table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut index = index(table, columns);
    index.unique();
    index
}

pub async fn drop_tables(manager: &SchemaManager<'_>, names: &[&str]) -> Result<(), DbErr> {
    for name in names {
        manager
            .drop_table(Table::drop().table(Alias::new(*name)).to_owned())
            .await?;
    }
    Ok(())
}
