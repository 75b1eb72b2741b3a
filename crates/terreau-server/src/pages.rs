//! The pages: each file holds its struct, its form and its handlers.

pub mod machines;
