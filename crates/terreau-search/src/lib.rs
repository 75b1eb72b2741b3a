//! Cards found: an index that can always be rebuilt.
