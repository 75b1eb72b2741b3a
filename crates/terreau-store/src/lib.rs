//! Cards kept in git: snapshots, transactions, history.
