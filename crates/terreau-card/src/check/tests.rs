//! Every rule, by an example that breaks it.
