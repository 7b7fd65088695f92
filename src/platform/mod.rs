//! Machinery that has never heard of photos.

pub mod storage;
