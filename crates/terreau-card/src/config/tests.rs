//! Reading `commons.toml`.
