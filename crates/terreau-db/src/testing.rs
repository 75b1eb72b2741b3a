//! Scratch databases.
