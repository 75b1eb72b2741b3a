//! Tests of the whole: a node driven through its public surface.
