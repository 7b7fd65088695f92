use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};

use super::place::Place;
use crate::events::Details;
use crate::guests::Guest;
use crate::media::{Item, Viewer, visible_to};
use crate::platform::clock::At;
use crate::tables::items::{ActiveModel, Approval, ItemState};
use crate::tables::submissions;

/// An event with one item of every sort, all given by one guest save `mine`, which another gave.
struct Scene {
    place: Place,
    guest: Guest,
}

impl Scene {
    async fn new(visibility: &str, moderation: &str) -> Scene {
        let details = Details {
            visibility: visibility.into(),
            moderation: moderation.into(),
            ..Details::default()
        };
        let place = Place::with(details).await;
        let (guest, other) = (place.guest().await, place.guest().await);
        for (name, state, approval) in [
            ("open", ItemState::Ready, Approval::Open),
            ("held", ItemState::Ready, Approval::Held),
            ("approved", ItemState::Ready, Approval::Approved),
            ("rejected", ItemState::Ready, Approval::Rejected),
            ("received", ItemState::Received, Approval::Open),
            ("failed", ItemState::Failed, Approval::Open),
        ] {
            let item = place.give(Some(&other), name).await.item().clone();
            place.become_of(item, name, state, approval).await;
        }
        for (name, approval) in [
            ("mine", Approval::Held),
            ("mine taken back", Approval::Held),
            ("mine trashed", Approval::Open),
        ] {
            let item = place.give(Some(&guest), name).await.item().clone();
            let item = place
                .become_of(item, name, ItemState::Ready, approval)
                .await;
            match name {
                "mine taken back" => place.take_back(&item, &guest).await,
                "mine trashed" => drop(place.trash(&[&item]).await),
                _ => {}
            }
        }
        Scene { place, guest }
    }

    async fn seen_by(&self, viewer: &Viewer<'_>) -> Vec<String> {
        let seen = visible_to(viewer)
            .all(self.place.app.db.read())
            .await
            .unwrap();
        let mut names: Vec<String> = seen.into_iter().map(|item| item.file_name).collect();
        names.sort();
        names
    }
}

impl Place {
    async fn become_of(
        &self,
        item: Item,
        name: &str,
        state: ItemState,
        approval: Approval,
    ) -> Item {
        let row = ActiveModel {
            file_name: Set(name.to_owned()),
            state: Set(state),
            approval: Set(approval),
            ..item.into_active_model()
        };
        self.app
            .db
            .write(async |tx| Ok(row.update(tx).await?))
            .await
            .unwrap()
    }

    async fn take_back(&self, item: &Item, guest: &Guest) {
        use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
        let of = submissions::Entity::find()
            .filter(submissions::Column::ItemId.eq(item.id))
            .filter(submissions::Column::GuestId.eq(guest.id));
        let row = of.one(self.app.db.read()).await.unwrap().unwrap();
        let row = submissions::ActiveModel {
            removed_at: Set(Some(At(1))),
            ..row.into_active_model()
        };
        self.app
            .db
            .write(async |tx| Ok(row.update(tx).await?))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_guest_sees_what_visibility_and_moderation_allow_and_nothing_else() {
    let cases: [(&str, &str, &[&str]); 7] = [
        ("upload_only", "off", &[]),
        ("upload_only", "hold_all", &[]),
        ("own", "off", &["mine"]),
        ("own", "hold_all", &["mine"]),
        ("gallery", "off", &["approved", "mine", "open"]),
        ("gallery", "hold_all", &["approved", "mine", "open"]),
        (
            "gallery",
            "hold_wall",
            &["approved", "held", "mine", "open"],
        ),
    ];
    for (visibility, moderation, expected) in cases {
        let scene = Scene::new(visibility, moderation).await;
        let event = scene.place.fresh().await;
        let seen = scene.seen_by(&Viewer::Guest(&event, &scene.guest)).await;
        assert_eq!(seen, expected, "{visibility}, {moderation}");
    }
}

#[tokio::test]
async fn host_and_admin_see_everything_whatever_guests_see() {
    let all = [
        "approved",
        "failed",
        "held",
        "mine",
        "mine taken back",
        "mine trashed",
        "open",
        "received",
        "rejected",
    ];
    for visibility in ["upload_only", "own", "gallery"] {
        let scene = Scene::new(visibility, "hold_all").await;
        let event = scene.place.fresh().await;
        assert_eq!(scene.seen_by(&Viewer::Host(&event)).await, all);
        assert_eq!(scene.seen_by(&Viewer::Admin(&event)).await, all);
    }
}

#[tokio::test]
async fn what_is_in_one_event_is_in_no_other() {
    let scene = Scene::new("gallery", "off").await;
    let elsewhere = scene.place.elsewhere().await;
    assert!(scene.seen_by(&Viewer::Host(&elsewhere)).await.is_empty());
    assert!(
        scene
            .seen_by(&Viewer::Guest(&elsewhere, &scene.guest))
            .await
            .is_empty()
    );
}
