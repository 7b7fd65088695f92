//! Making an event, and changing what its host says about it.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::IntoActiveModel as _;

use crate::platform::clock::At;
use crate::platform::db::Tx;
use crate::platform::error::Result;
use crate::platform::secrets::{Rng, Secrets};
use crate::tables::UserId;
use crate::tables::events::{ActiveModel, Asks, EventState, GuestDownloads};

use super::form::{Checked, Details};
use super::{Event, passwords, store};

impl Details {
    /// A new event's form: a proposed password, and the zone to begin with.
    pub fn proposed(rng: &Rng, zone: &str) -> Details {
        Details {
            zone: zone.to_owned(),
            password: passwords::propose(rng),
            ..Details::default()
        }
    }

    /// The form of an event there is.
    pub fn of(event: &Event, secrets: &Secrets) -> Result<Details> {
        use sea_orm::ActiveEnum as _;
        Ok(Details {
            name: event.name.clone(),
            kind: event.kind.clone(),
            date: event.date.clone().unwrap_or_default(),
            zone: event.zone.clone(),
            password: passwords::password(secrets, event)?.unwrap_or_default(),
            welcome: event.welcome.clone(),
            instructions: event.instructions.clone(),
            visibility: event.visibility.to_value(),
            moderation: event.moderation.to_value(),
        })
    }
}

/// Makes a draft. Errors: `Invalid`.
pub async fn make(
    tx: &Tx,
    owner: UserId,
    details: &Details,
    now: At,
    rng: &Rng,
    secrets: &Secrets,
) -> Result<Event> {
    let checked = details.check()?;
    let row = ActiveModel {
        id: NotSet,
        public_id: Set(rng.public_id()),
        owner_id: Set(owner),
        code: Set(free_code(tx, rng).await?),
        password_sealed: Set(checked
            .password
            .as_ref()
            .map(|plain| passwords::seal(secrets, rng, plain))),
        password_version: Set(1),
        state: Set(EventState::Draft),
        guest_downloads: Set(GuestDownloads::Off),
        asks_name: Set(Asks::Optional),
        asks_email: Set(Asks::Off),
        created_at: Set(now),
        ..fields(checked)
    };
    store::insert(tx, row).await
}

/// Changes what the host says about the event. A changed password ends all passes given for the old one.
///
/// Errors: `Invalid`.
pub async fn edit(
    tx: &Tx,
    event: &Event,
    details: &Details,
    rng: &Rng,
    secrets: &Secrets,
) -> Result<Event> {
    let checked = details.check()?;
    let event = store::lock(tx, event.id).await?;
    let password = passwords::password(secrets, &event)?;
    let mut row = ActiveModel {
        revision: Set(event.revision + 1),
        ..event.clone().into_active_model()
    };
    if checked.password != password {
        row.password_sealed = Set(checked
            .password
            .as_ref()
            .map(|plain| passwords::seal(secrets, rng, plain)));
        row.password_version = Set(event.password_version + 1);
    }
    let said = fields(checked);
    row.name = said.name;
    row.kind = said.kind;
    row.date = said.date;
    row.zone = said.zone;
    row.welcome = said.welcome;
    row.instructions = said.instructions;
    row.visibility = said.visibility;
    row.moderation = said.moderation;
    store::save(tx, row).await
}

fn fields(checked: Checked) -> ActiveModel {
    ActiveModel {
        name: Set(checked.name),
        kind: Set(checked.kind),
        date: Set(checked.date),
        zone: Set(checked.zone),
        welcome: Set(checked.welcome),
        instructions: Set(checked.instructions),
        visibility: Set(checked.visibility),
        moderation: Set(checked.moderation),
        ..Default::default()
    }
}

/// A code nobody has. 40 bits make a clash rare; asking makes it harmless.
async fn free_code(tx: &Tx, rng: &Rng) -> Result<String> {
    loop {
        let code = rng.code();
        if !store::is_code_taken(tx, &code).await? {
            return Ok(code);
        }
    }
}
