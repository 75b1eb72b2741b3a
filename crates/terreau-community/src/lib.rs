//! People and their rules: accounts, roles, scopes, governance, may.
