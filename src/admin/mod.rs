//! Admin: what the person who runs the installation sees of it.

pub mod pages;
mod store;

#[cfg(test)]
mod tests;
