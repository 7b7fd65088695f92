//! Pixels in, pixels out.
