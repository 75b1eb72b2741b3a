//! A card for machines: JSON-LD.
