//! Who looks, and what they may see: the one query that gallery, files and export start from.

use sea_orm::sea_query::{Condition, Expr, Query};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};

use crate::tables::events::{Model as Event, Moderation, Visibility};
use crate::tables::guests::Model as Guest;
use crate::tables::items::{self, Approval, Column, ItemState};
use crate::tables::{GuestId, submissions};

/// Somebody who looks at an event's media.
#[derive(Clone, Copy, Debug)]
pub enum Viewer<'a> {
    /// The host of this event.
    Host(&'a Event),
    /// An admin of the installation.
    Admin(&'a Event),
    /// A guest of this event, by their pass.
    Guest(&'a Event, &'a Guest),
}

impl<'a> Viewer<'a> {
    /// The event looked at.
    pub fn event(&self) -> &'a Event {
        match self {
            Viewer::Host(event) | Viewer::Admin(event) | Viewer::Guest(event, _) => event,
        }
    }

    /// Whether they may have originals, which tell place and device.
    pub fn sees_originals(&self) -> bool {
        matches!(self, Viewer::Host(_) | Viewer::Admin(_))
    }
}

/// The items this viewer may see, in no order.
///
/// Hosts and admins: all that are not erased, those in the trash too. Guests: never the trash; besides that, by the
/// event's visibility, nothing, what they gave and did not take back, or also all that is ready and approved. What is held only for
/// the wall is visible.
pub fn visible_to(viewer: &Viewer<'_>) -> Select<items::Entity> {
    let event = viewer.event();
    let of_event = items::Entity::find()
        .filter(Column::EventId.eq(event.id))
        .filter(Column::ErasedAt.is_null());
    let Viewer::Guest(_, guest) = viewer else {
        return of_event;
    };
    let theirs = match event.visibility {
        Visibility::UploadOnly => Condition::all().add(Expr::cust("1 = 0")),
        Visibility::Own => Condition::all().add(given_by(guest.id)),
        Visibility::Gallery => Condition::any()
            .add(is_shown(event.moderation))
            .add(given_by(guest.id)),
    };
    of_event.filter(Column::TrashedAt.is_null()).filter(theirs)
}

/// Items that this guest gave and did not take back.
fn given_by(guest: GuestId) -> sea_orm::sea_query::SimpleExpr {
    let given = Query::select()
        .column(submissions::Column::ItemId)
        .from(submissions::Entity)
        .and_where(submissions::Column::GuestId.eq(guest))
        .and_where(submissions::Column::RemovedAt.is_null())
        .to_owned();
    Column::Id.in_subquery(given)
}

/// Items that whoever gave them (or one of several) still gives.
fn is_given() -> sea_orm::sea_query::SimpleExpr {
    let given = Query::select()
        .expr(Expr::val(1))
        .from(submissions::Entity)
        .and_where(
            Expr::col((submissions::Entity, submissions::Column::ItemId))
                .equals((items::Entity, Column::Id)),
        )
        .and_where(submissions::Column::RemovedAt.is_null())
        .to_owned();
    Expr::exists(given)
}

/// Items in the shared gallery.
fn is_shown(moderation: Moderation) -> Condition {
    let mut approvals = vec![Approval::Open, Approval::Approved];
    if moderation == Moderation::HoldWall {
        approvals.push(Approval::Held);
    }
    Condition::all()
        .add(Column::State.eq(ItemState::Ready))
        .add(Column::Approval.is_in(approvals))
        .add(is_given())
}
