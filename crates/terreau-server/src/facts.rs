//! Facts of cards, said in words.
