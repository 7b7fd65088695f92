//! The name of every object in the bucket.

/// Where an item's original is kept.
pub fn original(event: &str, item: &str) -> String {
    format!("e/{event}/i/{item}/original")
}

/// Where a rendition is kept; `long_edge_px` is 400, 960 or 1920.
pub fn rendition(event: &str, item: &str, long_edge_px: u32) -> String {
    format!("e/{event}/i/{item}/{long_edge_px}")
}

/// What all objects of an event begin with.
pub fn event_prefix(event: &str) -> String {
    format!("e/{event}/")
}
