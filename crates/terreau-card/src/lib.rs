//! The card: front matter, Markdown, questions, licences, attribution, merging two edits.
