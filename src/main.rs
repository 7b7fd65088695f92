//! The `epu` program.

fn main() {}
