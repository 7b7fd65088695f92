//! The private table of this module: one row per job, from its promise to a week after its end.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_states")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    /// JSON; its shape belongs to `kind`.
    pub payload: String,
    pub state: State,
    /// Starts so far, crashed ones included.
    pub attempt: i64,
    pub run_at: i64,
    /// Which run of which instance has it.
    pub lease_holder: String,
    /// Fencing token: grows with every start, and is never reset.
    pub lease_token: i64,
    pub lease_expires_at: i64,
    pub last_error: Option<String>,
    /// W3C trace context of the span that promised it.
    pub trace_parent: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "lowercase")]
pub enum State {
    /// Waits for its moment and a free place.
    Queued,
    /// Held under a lease.
    Running,
    /// Done; kept a week.
    Done,
    /// Given up: a dead letter, kept until somebody retries or deletes it.
    Dead,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
