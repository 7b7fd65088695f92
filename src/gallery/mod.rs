//! The gallery: an event's photos and videos in the order they were taken, for host and guests.
//!
//! A page of HTML comes from the server, with the first hundred items; the `justified-gallery` element lays them out, fetches more pages
//! by keyset, hears by server-sent events that the event has a new revision, and asks what changed since.
//! What somebody sees is decided by [`media::visible_to`](crate::media::visible_to) alone.

mod figures;
mod filters;
mod news;
pub mod pages;
mod store;

#[cfg(test)]
mod tests;
