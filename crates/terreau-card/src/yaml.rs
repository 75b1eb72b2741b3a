//! Front matter as a tree that knows where each node stands.
