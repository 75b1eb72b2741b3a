//! The chores: check, test, bench.

fn main() {}
