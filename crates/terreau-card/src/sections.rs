//! The body by sections: second-level headings that equal a label of the kind.

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The code of the section, when its heading is a label of the kind.
    pub code: Option<String>,
    /// The text of its heading; none for what precedes the first heading.
    pub heading: Option<String>,
    /// What follows the heading, without blank lines around.
    pub text: String,
}
