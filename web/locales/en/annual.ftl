annual-title = Report of the year { $year }
annual-lead = What the year brought to the commons: cards, reports, people, and what was taken up.
annual-years = Other years
annual-next = The latest annual report
annual-new-cards = New cards
annual-by-kind = New cards by kind
annual-all-versions = Versions published
annual-changed = { $count ->
    [one] of one card
   *[other] of { $count } cards
}
annual-reports = Reports from the field
annual-contributors = Contributors
annual-organisations = { $count ->
    [one] from one organisation
   *[other] from { $count } organisations
}
annual-reused = Cards taken up
annual-more = and { $count } more
annual-versions = { $count ->
    [one] one version
   *[other] { $count } versions
}
annual-reuse = What was taken up
annual-reuse-lead = The cards that new reports tell of, or that new cards build on.
annual-reuse-reports = { $count ->
    [one] one report
   *[other] { $count } reports
}
annual-reuse-cards = { $count ->
    [one] one new card
   *[other] { $count } new cards
}
annual-adapted = Adapted or translated from elsewhere
