use super::*;
use crate::platform::clock::At;
use crate::platform::db::{self, Db};
use crate::platform::error::{Error, Refusal};
use crate::platform::secrets::{Rng, Secrets};
use crate::tables::UserId;
use crate::testing::database::Scratch;
use crate::testing::rows::{user, wedding};

const NOW: At = At(1_780_000_000_000);

struct Place {
    db: Db,
    rng: Rng,
    secrets: Secrets,
    owner: UserId,
    _scratch: Scratch,
}

async fn place() -> Place {
    let (db, scratch) = db::tests::fresh().await;
    let rng = Rng::seeded(7);
    let secrets = Secrets::new("a secret key of at least 32 characters");
    let owner = db
        .write(async |tx| Ok(user(tx, "host@example.org").await))
        .await
        .expect("made");
    Place {
        db,
        rng,
        secrets,
        owner,
        _scratch: scratch,
    }
}

impl Place {
    async fn make(&self, details: &Details) -> Result<Event, Error> {
        self.db
            .write(async |tx| make(tx, self.owner, details, NOW, &self.rng, &self.secrets).await)
            .await
    }

    async fn published(&self) -> Event {
        let event = self.make(&wedding()).await.expect("made");
        self.db
            .write(async |tx| publish(tx, &event, NOW).await)
            .await
            .expect("published")
    }
}

#[tokio::test]
async fn a_new_event_is_a_draft_that_guests_do_not_find() {
    let place = place().await;
    let event = place.make(&wedding()).await.expect("made");

    assert!(!is_open_to_guests(&event));
    assert_eq!(event.code.len(), 8);
    let found = by_code(place.db.read(), &event.code)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(found.id, event.id);
}

#[tokio::test]
async fn a_published_event_takes_uploads_until_it_is_closed_and_again_when_reopened() {
    let place = place().await;
    let event = place.published().await;
    accepts_uploads(&event, NOW).expect("open");

    let closed = place
        .db
        .write(async |tx| close(tx, &event).await)
        .await
        .expect("closed");
    assert!(matches!(
        accepts_uploads(&closed, NOW),
        Err(Error::Refused(Refusal::EventClosed))
    ));
    assert!(is_open_to_guests(&closed));

    let open = place
        .db
        .write(async |tx| reopen(tx, &closed).await)
        .await
        .expect("reopened");
    accepts_uploads(&open, NOW).expect("open again");
    assert!(open.revision > event.revision);
}

#[tokio::test]
async fn a_draft_cannot_be_closed() {
    let place = place().await;
    let event = place.make(&wedding()).await.expect("made");
    let done = place.db.write(async |tx| close(tx, &event).await).await;
    assert!(matches!(done, Err(Error::Refused(Refusal::WrongState))));
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let place = place().await;
    let details = Details {
        name: " ".into(),
        date: "2026-02-30".into(),
        zone: "Mars/Olympus".into(),
        password: "abc".into(),
        welcome: "x".repeat(256),
        ..Details::default()
    };
    let Err(Error::Invalid(fields)) = place.make(&details).await else {
        panic!("refused")
    };
    let named: Vec<_> = fields.iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["date", "name", "password", "welcome", "zone"]);
}

#[tokio::test]
async fn the_password_is_kept_sealed_and_forgives_case_and_spaces() {
    let place = place().await;
    let event = place
        .make(&Details {
            password: "tulip-river-47".into(),
            ..wedding()
        })
        .await
        .expect("made");

    let sealed = event.password_sealed.clone().expect("sealed");
    assert!(!String::from_utf8_lossy(&sealed).contains("tulip"));
    assert_eq!(
        password(&place.secrets, &event).expect("opens").as_deref(),
        Some("tulip-river-47")
    );
    assert!(is_password(&place.secrets, &event, " Tulip-River-47 ").expect("compared"));
    assert!(!is_password(&place.secrets, &event, "tulip").expect("compared"));
}

#[tokio::test]
async fn only_a_changed_password_ends_the_passes() {
    let place = place().await;
    let event = place
        .make(&Details {
            password: "tulip-river-47".into(),
            ..wedding()
        })
        .await
        .expect("made");
    let mut details = Details::of(&event, &place.secrets).expect("opens");

    details.name = "Mara and Jonas".into();
    let renamed = place
        .db
        .write(async |tx| edit(tx, &event, &details, &place.rng, &place.secrets).await)
        .await
        .expect("edited");
    assert_eq!(renamed.password_version, event.password_version);

    details.password = "other-word-10".into();
    let changed = place
        .db
        .write(async |tx| edit(tx, &renamed, &details, &place.rng, &place.secrets).await)
        .await
        .expect("edited");
    assert_eq!(changed.password_version, event.password_version + 1);
}

#[tokio::test]
async fn anothers_event_is_not_found() {
    let place = place().await;
    let event = place.published().await;
    let other = place
        .db
        .write(async |tx| Ok(user(tx, "other@example.org").await))
        .await
        .expect("made");
    let found = owned(place.db.read(), other, &event.public_id).await;
    assert!(matches!(found, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_trashed_event_is_found_by_its_owner_only_and_comes_back() {
    let place = place().await;
    let event = place.published().await;
    place
        .db
        .write(async |tx| trash(tx, &event, NOW).await)
        .await
        .expect("trashed");

    assert!(
        by_code(place.db.read(), &event.code)
            .await
            .expect("read")
            .is_none()
    );
    assert!(
        of_owner(place.db.read(), place.owner)
            .await
            .expect("read")
            .is_empty()
    );
    let trashed = trashed_of_owner(place.db.read(), place.owner)
        .await
        .expect("read");
    assert_eq!(trashed.len(), 1);

    place
        .db
        .write(async |tx| restore(tx, &event).await)
        .await
        .expect("restored");
    assert!(
        by_code(place.db.read(), &event.code)
            .await
            .expect("read")
            .is_some()
    );
}

#[tokio::test]
async fn room_is_reserved_up_to_the_limit_and_given_back() {
    let place = place().await;
    let event = place.published().await;
    let reserve_60 = async || {
        place
            .db
            .write(async |tx| reserve(tx, event.id, 60, 100).await)
            .await
    };

    reserve_60().await.expect("60 of 100");
    assert!(matches!(
        reserve_60().await,
        Err(Error::Refused(Refusal::StorageFull))
    ));
    place
        .db
        .write(async |tx| release(tx, event.id, 60).await)
        .await
        .expect("released");
    reserve_60().await.expect("60 of 100 again");
}

#[tokio::test]
async fn counting_moves_the_revision() {
    let place = place().await;
    let event = place.published().await;
    let change = Change {
        photos: 2,
        stored_bytes: 10,
        ..Change::default()
    };
    let revision = place
        .db
        .write(async |tx| count(tx, event.id, change).await)
        .await
        .expect("counted");

    let now = by_id(place.db.read(), event.id).await.expect("there");
    assert_eq!(
        (now.photos, now.stored_bytes, now.revision),
        (2, 10, revision)
    );
    assert!(revision > event.revision);
}
