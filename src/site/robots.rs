//! `/robots.txt`: guests' and hosts' pages are nobody else's business.

use poem::handler;

/// Only the start page may be listed.
#[handler]
pub fn show() -> &'static str {
    "User-agent: *\nDisallow: /g/\nDisallow: /m/\nDisallow: /events\nDisallow: /live/\n"
}
