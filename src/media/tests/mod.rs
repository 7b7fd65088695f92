//! Media against a real database, a real folder and the decoder.

mod erasing;
mod files;
pub(crate) mod place;
mod receiving;
mod rendering;
mod trashing;
mod viewers;
