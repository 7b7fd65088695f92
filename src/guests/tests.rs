use super::admission::Attempt;
use super::*;
use crate::events::{self, Details};
use crate::platform::clock::{At, MINUTE_MS};
use crate::platform::config::Config;
use crate::platform::db::{self, Db};
use crate::platform::error::Error;
use crate::platform::secrets::{Rng, Secrets};
use crate::testing::{database::Scratch, rows};

const NOW: At = At(1_780_000_000_000);

struct Place {
    db: Db,
    rng: Rng,
    secrets: Secrets,
    event: events::Event,
    _scratch: Scratch,
}

async fn place() -> Place {
    let (db, _scratch) = db::tests::fresh().await;
    let rng = Rng::seeded(9);
    let secrets = Secrets::new("a secret key of at least 32 characters");
    let event = db
        .write(async |tx| {
            let owner = rows::user(tx, "host@example.org").await;
            let details = Details {
                password: "tulip-river-47".into(),
                ..rows::wedding()
            };
            let event = events::make(tx, owner, &details, NOW, &rng, &secrets).await?;
            events::publish(tx, &event, NOW).await
        })
        .await
        .expect("published");
    Place {
        db,
        rng,
        secrets,
        event,
        _scratch,
    }
}

impl Place {
    async fn try_password(
        &self,
        typed: &str,
        visitor: Option<&str>,
        now: At,
    ) -> Result<Guest, Error> {
        let limits = Config::read(None, &[]).expect("defaults").limits;
        let attempt = Attempt {
            visitor,
            address: "192.0.2.7",
        };
        admit_by_password(
            &self.db,
            &self.secrets,
            &self.rng,
            &limits,
            &self.event,
            typed,
            attempt,
            now,
        )
        .await
    }
}

#[tokio::test]
async fn a_pass_opens_its_own_event_until_the_password_changes() {
    let place = place().await;
    let guest = place
        .try_password("tulip-river-47", Some("v"), NOW)
        .await
        .expect("let in");
    let cookie = seal_pass(&place.secrets, &place.event, &guest);

    let found = pass_of(place.db.read(), &place.secrets, &place.event, &cookie)
        .await
        .expect("read");
    assert_eq!(found.map(|found| found.id), Some(guest.id));

    let mut details = Details::of(&place.event, &place.secrets).expect("opens");
    details.password = "other-word-11".into();
    let changed = place
        .db
        .write(async |tx| {
            events::edit(tx, &place.event, &details, &place.rng, &place.secrets).await
        })
        .await
        .expect("edited");
    assert_eq!(
        pass_of(place.db.read(), &place.secrets, &changed, &cookie)
            .await
            .expect("read"),
        None
    );
}

#[tokio::test]
async fn a_forged_pass_opens_nothing() {
    let place = place().await;
    let guest = place
        .try_password("tulip-river-47", Some("v"), NOW)
        .await
        .expect("let in");
    let cookie = seal_pass(
        &Secrets::new("another installation's secret key"),
        &place.event,
        &guest,
    );
    for forged in [cookie.as_str(), &guest.public_id, "", ".", "x.y"] {
        let found = pass_of(place.db.read(), &place.secrets, &place.event, forged)
            .await
            .expect("read");
        assert_eq!(found, None, "{forged}");
    }
}

#[tokio::test]
async fn ten_wrong_passwords_make_one_browser_wait_and_nobody_else() {
    let place = place().await;
    for _ in 0..10 {
        let wrong = place.try_password("guess", Some("one"), NOW).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
    }
    let eleventh = place.try_password("tulip-river-47", Some("one"), NOW).await;
    assert!(
        matches!(eleventh, Err(Error::TooMany { .. })),
        "{eleventh:?}"
    );

    place
        .try_password("tulip-river-47", Some("two"), NOW)
        .await
        .expect("another browser");
    place
        .try_password("tulip-river-47", Some("one"), NOW.plus_ms(MINUTE_MS))
        .await
        .expect("a minute later");
}

#[tokio::test]
async fn dropping_the_cookie_does_not_help_a_guesser_for_ever() {
    let place = place().await;
    for _ in 0..300 {
        let _ = place.try_password("guess", None, NOW).await;
    }
    let after = place.try_password("tulip-river-47", None, NOW).await;
    assert!(matches!(after, Err(Error::TooMany { .. })), "{after:?}");
}
