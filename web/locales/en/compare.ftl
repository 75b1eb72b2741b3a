compare-title = What changed in “{ $title }”
compare-heading = What changed
compare-before = Before
compare-after = After
compare-views = Ways of seeing
compare-view-prose = As read
compare-view-source = Source file
compare-nothing = Nothing visible changed between these two versions.
compare-legend = How to read it:
compare-legend-inserted = underlined, added
compare-legend-deleted = struck out, removed
compare-fields = Head of the card
compare-field = Field
compare-was = Was
compare-becomes = Becomes
compare-none = nothing
compare-text = Text
compare-folded = { $count ->
    [one] One unchanged passage
   *[other] { $count } unchanged passages
}
compare-block-inserted = Passage added
compare-block-deleted = Passage removed
compare-line-before = Line before
compare-line-after = Line after
compare-line-mark = Change
compare-line-text = Text
