//! Requests against a few pages that stand in for real ones.
