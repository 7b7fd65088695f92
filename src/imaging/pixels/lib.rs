//! Loops over pixels: resizing, turning, and the way between colour spaces.
//!
//! A crate of its own for one reason: generic code is compiled where it is used, and in a
//! development build EPU itself is not optimised, which would make each photo take seconds.

mod flattening;
mod orientation;
mod picture;
mod planes;

pub use fast_image_resize::Resizer;
pub use flattening::{on_white, without_alpha};
pub use orientation::Orientation;
pub use picture::{Picture, fit};
pub use planes::Plane;
