//! Schedules: what happens every so often, on one instance at a time, by a row in `leases`.
//!
//! The row's `expires_at` is the moment from which anybody may take the next turn: while one runs, the
//! end of its lease (renewed by signs of life); afterwards, the beginning of the next interval.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

use super::registry::Schedule;
use super::runner::millis;
use super::worker::Tools;
use crate::platform::clock::{At, MINUTE_MS, SECOND_MS};
use crate::platform::error::Result;

/// After how long without a sign of life another instance may take the turn.
const LEASE_MS: i64 = 30 * SECOND_MS;

mod leases {
    //! The private table of this module.
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "leases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub holder: String,
        pub token: i64,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
use leases::Column;

/// Takes turns until `stop`.
pub async fn keep<A: Clone>(
    tools: &Tools,
    app: A,
    schedule: &Schedule<A>,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        let next = stop
            .run_until_cancelled(turn(tools, app.clone(), schedule))
            .await;
        let wait_ms = match next {
            Some(Ok(next)) => next.ms() - tools.clock.now().ms(),
            Some(Err(error)) => {
                tracing::warn!(%error, schedule.name, "could not take a turn");
                5 * SECOND_MS
            }
            None => return,
        };
        let wait = millis(wait_ms.clamp(10, MINUTE_MS));
        stop.run_until_cancelled(tokio::time::sleep(wait)).await;
    }
}

/// Takes the turn if it is due and nobody has it. Returns when the next one may be.
pub async fn turn<A>(tools: &Tools, app: A, schedule: &Schedule<A>) -> Result<At> {
    let began = tools.clock.now();
    let row = leases::Entity::find_by_id(schedule.name)
        .one(tools.db.read())
        .await?;
    if let Some(row) = row.filter(|row| row.expires_at > began.ms()) {
        return Ok(At(row.expires_at));
    }
    let Some(token) = take(tools, schedule.name, began).await? else {
        return Ok(began.plus_ms(SECOND_MS));
    };
    let span = tracing::info_span!("schedule", otel.name = schedule.name, schedule.name);
    let work = (schedule.run)(app).instrument(span);
    let mut task = AbortOnDropHandle::new(tokio::spawn(work));
    let ended = loop {
        tokio::select! {
            ended = &mut task => break ended,
            () = tokio::time::sleep(millis(LEASE_MS / 3)) => {
                let until = tools.clock.now().plus_ms(LEASE_MS);
                if !set_expiry(tools, schedule.name, token, until).await? {
                    tracing::warn!(schedule.name, "lost the turn of a schedule");
                    return Ok(until);
                }
            }
        }
    };
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, schedule.name, "a schedule failed"),
        Err(error) => tracing::error!(%error, schedule.name, "a schedule panicked"),
    }
    let next = began.plus_ms(schedule.interval_ms);
    set_expiry(tools, schedule.name, token, next).await?;
    Ok(next)
}

async fn take(tools: &Tools, name: &'static str, now: At) -> Result<Option<i64>> {
    tools
        .db
        .write(async |tx| {
            let fresh = leases::ActiveModel {
                name: Set(name.to_owned()),
                holder: Set(String::new()),
                token: Set(0),
                expires_at: Set(0),
            };
            leases::Entity::insert(fresh)
                .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
                .exec_without_returning(tx)
                .await?;
            let done = leases::Entity::update_many()
                .col_expr(Column::Holder, Expr::value(tools.instance.as_str()))
                .col_expr(Column::Token, Expr::col(Column::Token).add(1))
                .col_expr(Column::ExpiresAt, Expr::value(now.plus_ms(LEASE_MS).ms()))
                .filter(Column::Name.eq(name))
                .filter(Column::ExpiresAt.lte(now.ms()))
                .exec(tx)
                .await?;
            if done.rows_affected == 0 {
                return Ok(None);
            }
            let row = leases::Entity::find_by_id(name).one(tx).await?;
            Ok(row.map(|row| row.token))
        })
        .await
}

async fn set_expiry(tools: &Tools, name: &str, token: i64, until: At) -> Result<bool> {
    let done = tools
        .db
        .write(async |tx| {
            Ok(leases::Entity::update_many()
                .col_expr(Column::ExpiresAt, Expr::value(until.ms()))
                .filter(Column::Name.eq(name))
                .filter(Column::Token.eq(token))
                .exec(tx)
                .await?)
        })
        .await?;
    Ok(done.rows_affected == 1)
}
