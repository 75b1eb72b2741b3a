//! Everything one can do here: read, search, publish, sign in.
