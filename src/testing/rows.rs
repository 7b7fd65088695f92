//! Rows that many tests begin with.

use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::{NotSet, Set};

use crate::events::Details;
use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::tables::UserId;
use crate::tables::users::{ActiveModel, Role};

/// A verified host without a password to sign in with.
pub async fn user(tx: &Tx, email: &str) -> UserId {
    let row = ActiveModel {
        id: NotSet,
        public_id: Set(email.to_owned()),
        email: Set(email.to_owned()),
        first_name: Set("Ada".into()),
        last_name: Set("Host".into()),
        password_hash: Set(String::new()),
        role: Set(Role::Host),
        locale: Set(None),
        verified_at: Set(Some(At(0))),
        suspended_at: Set(None),
        created_at: Set(At(0)),
    };
    row.insert(tx).await.expect("a user").id
}

/// An event's form as a host fills it in, without a password.
pub fn wedding() -> Details {
    Details {
        name: "Mara & Jonas".into(),
        kind: "wedding".into(),
        date: "2026-07-18".into(),
        zone: "Europe/Berlin".into(),
        ..Details::default()
    }
}
