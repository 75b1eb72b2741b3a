//! The levels at which headings are shown.

/// How deep the headings of a fragment are shown, whatever levels its author chose.
pub(crate) struct Levels(Vec<(u8, u8)>);

impl Levels {
    /// Starts under a heading of a level.
    pub fn under(level: u8) -> Levels {
        Levels(vec![(if level <= 1 { 0 } else { level }, level)])
    }

    /// Returns the level at which a heading is shown: one below the one that it stands under.
    pub fn shown(&mut self, level: u8) -> u8 {
        while self.0.len() > 1 && self.0.last().is_some_and(|(written, _)| *written >= level) {
            self.0.pop();
        }
        let shown = (self.0.last().map_or(1, |(_, shown)| *shown) + 1).min(6);
        self.0.push((level, shown));
        shown
    }

    /// Returns the level of a heading that would come next.
    pub fn next(&self) -> u8 {
        (self.0.last().map_or(1, |(_, shown)| *shown) + 1).min(6)
    }
}
