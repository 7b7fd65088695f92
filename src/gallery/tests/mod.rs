//! The gallery as host, guests and strangers see it.

mod guests;
mod host;
mod news;
mod paging;
