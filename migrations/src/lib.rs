//! The history of the schema. Sees nothing of `src`, so that history cannot change.
