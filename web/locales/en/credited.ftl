# The people whom the history credits.
credited-title = People
credited-lead = Those who have published versions of cards, under the name they chose. Whoever hides their name is not in this list.
credited-words = Name or organisation
credited-do = Search
credited-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
credited-none = Nobody has published a version yet
credited-nothing = Nobody in the history has this name
credited-nothing-text = Only the names chosen for credits are found here, never a mail address.
credited-all = See everyone
credited-last = the last on
credited-colon = :
