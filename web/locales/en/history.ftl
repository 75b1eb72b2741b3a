history-title = Versions of “{ $title }”
history-heading = All versions
history-count = { $count ->
    [one] { $count } version
   *[other] { $count } versions
}
history-current = published version
history-changes = See what changed
history-changes-of = in “{ $message }”
history-change-created = created
history-change-changed = changed
history-change-renamed = moved
history-change-archived = archived
history-change-restored = back to a version
history-compare = Compare two versions
history-compare-from = From version
history-compare-to = to version
history-compare-do = Compare
history-git = With git
history-version-title = { $title }, version of { $day }
history-version-old = An old version.
history-version-current = The published version.
history-colon = :
history-version-published = Read the published version
history-version-since = See what changed since
history-version-restore = Go back to this version
history-all = All versions
history-proposals = { $count ->
    [one] One proposal waits for this card
   *[other] { $count } proposals wait for this card
}
