//! People kept in SQL: accounts, sessions, tokens, the history table.
