//! One file per table of the product, id types and the names of objects in the bucket. No behaviour.
//!
//! Shapes follow `migrations/`; moments are [`At`](crate::platform::clock::At), enums are text.

mod ids;

pub mod events;
pub mod guests;
pub mod items;
pub mod keys;
pub mod mail_links;
pub mod sessions;
pub mod submissions;
pub mod uploads;
pub mod users;

pub use ids::{EventId, GuestId, ItemId, MailLinkId, SessionId, SubmissionId, UploadId, UserId};
