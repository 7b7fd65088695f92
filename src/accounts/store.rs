//! All SQL of accounts.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::tables::mail_links::{self, Purpose};
use crate::tables::users::{self, Role};
use crate::tables::{MailLinkId, SessionId, UserId, sessions};

/// What a new account begins with.
pub struct NewUser<'a> {
    pub public_id: String,
    pub email: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub password_hash: &'a str,
    pub role: Role,
    pub locale: Option<&'a str>,
    pub verified_at: Option<At>,
    pub created_at: At,
}

/// The account of an address in its kept form.
pub async fn user_by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<users::Model>, DbErr> {
    users::Entity::find()
        .filter(users::Column::Email.eq(email))
        .one(db)
        .await
}

/// An account.
pub async fn user(db: &impl ConnectionTrait, id: UserId) -> Result<Option<users::Model>, DbErr> {
    users::Entity::find_by_id(id).one(db).await
}

/// Adds an account; `None` when the address has one.
pub async fn add_user(tx: &Tx, new: NewUser<'_>) -> Result<Option<UserId>, DbErr> {
    let row = users::ActiveModel {
        id: NotSet,
        public_id: Set(new.public_id),
        email: Set(new.email.to_owned()),
        first_name: Set(new.first_name.to_owned()),
        last_name: Set(new.last_name.to_owned()),
        password_hash: Set(new.password_hash.to_owned()),
        role: Set(new.role),
        locale: Set(new.locale.map(str::to_owned)),
        verified_at: Set(new.verified_at),
        suspended_at: Set(None),
        created_at: Set(new.created_at),
    };
    let same_address = OnConflict::column(users::Column::Email)
        .do_nothing()
        .to_owned();
    let added = users::Entity::insert(row)
        .on_conflict(same_address)
        .exec(tx)
        .await;
    match added {
        Ok(added) => Ok(Some(added.last_insert_id)),
        Err(DbErr::RecordNotInserted) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Changes one column of an account.
pub async fn set_user(
    tx: &Tx,
    id: UserId,
    column: users::Column,
    value: impl Into<Value>,
) -> Result<(), DbErr> {
    users::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(users::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds a session.
pub async fn add_session(
    tx: &Tx,
    user_id: UserId,
    token_hash: Vec<u8>,
    device: &str,
    now: At,
    expires_at: At,
) -> Result<(), DbErr> {
    let row = sessions::ActiveModel {
        id: NotSet,
        user_id: Set(user_id),
        token_hash: Set(token_hash),
        device: Set(device.to_owned()),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(expires_at),
    };
    sessions::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The live session of a token, and whose it is; none of suspended people.
pub async fn session(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
    now: At,
) -> Result<Option<(sessions::Model, users::Model)>, DbErr> {
    let session = sessions::Entity::find()
        .filter(sessions::Column::TokenHash.eq(token_hash))
        .filter(sessions::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    let Some(session) = session else {
        return Ok(None);
    };
    let user = user(db, session.user_id).await?;
    Ok(user
        .filter(|user| user.suspended_at.is_none())
        .map(|user| (session, user)))
}

/// Notes that a session was used.
pub async fn touch_session(tx: &Tx, id: SessionId, now: At, expires_at: At) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::SeenAt, Expr::value(now))
        .col_expr(sessions::Column::ExpiresAt, Expr::value(expires_at))
        .filter(sessions::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends one session.
pub async fn end_session(tx: &Tx, id: SessionId) -> Result<(), DbErr> {
    sessions::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_sessions(tx: &Tx, user_id: UserId) -> Result<(), DbErr> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes sessions that ended before `now`.
pub async fn purge_sessions(tx: &Tx, now: At) -> Result<u64, DbErr> {
    let done = sessions::Entity::delete_many()
        .filter(sessions::Column::ExpiresAt.lte(now))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Adds a mailed link.
pub async fn add_link(
    tx: &Tx,
    user_id: UserId,
    purpose: Purpose,
    token_hash: Vec<u8>,
    now: At,
    expires_at: At,
) -> Result<(), DbErr> {
    let row = mail_links::ActiveModel {
        id: NotSet,
        user_id: Set(user_id),
        purpose: Set(purpose),
        token_hash: Set(token_hash),
        created_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    mail_links::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// A mailed link by its token, used or not.
pub async fn link(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token_hash: Vec<u8>,
) -> Result<Option<mail_links::Model>, DbErr> {
    mail_links::Entity::find()
        .filter(mail_links::Column::TokenHash.eq(token_hash))
        .filter(mail_links::Column::Purpose.eq(purpose))
        .one(db)
        .await
}

/// Uses up a link; whether it was unused until now.
pub async fn use_link(tx: &Tx, id: MailLinkId, now: At) -> Result<bool, DbErr> {
    let done = mail_links::Entity::update_many()
        .col_expr(mail_links::Column::UsedAt, Expr::value(now))
        .filter(mail_links::Column::Id.eq(id))
        .filter(mail_links::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Uses up every link of an account for these purposes.
pub async fn void_links(
    tx: &Tx,
    user_id: UserId,
    purposes: &[Purpose],
    now: At,
) -> Result<(), DbErr> {
    mail_links::Entity::update_many()
        .col_expr(mail_links::Column::UsedAt, Expr::value(now))
        .filter(mail_links::Column::UserId.eq(user_id))
        .filter(mail_links::Column::Purpose.is_in(purposes.iter().copied()))
        .filter(mail_links::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes links that ended before `before`.
pub async fn purge_links(tx: &Tx, before: At) -> Result<u64, DbErr> {
    let done = mail_links::Entity::delete_many()
        .filter(mail_links::Column::ExpiresAt.lt(before))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}
