//! The frozen history of the schema.
