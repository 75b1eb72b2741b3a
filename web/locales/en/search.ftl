search-count = { $count ->
    [0] No card
    [one] { $count } card
   *[other] { $count } cards
}
search-count-for = { $count } for “{ $text }”
search-suggestion = Did you mean
search-suggestion-mark = ?
search-widened = No card has all these words; here are those that have some of them.
search-chips = Filters chosen
search-chip-remove = Remove the filter
search-clear = Clear all
search-filters = Filter
search-filter-kind = Kind of card
search-filter-topic = Topic
search-nothing = Nothing matches, but…
search-without = Without “{ $filter }”: { $count }
search-without-all = Without any filter: { $count }
search-nothing-words = Try a more common word, or one word only: “water”, “youth”, “meeting”.
search-nothing-all = Browse all cards
search-nothing-write = Write the missing card
search-pages = Pages
search-previous = Previous page
search-next = Next page
search-place = Page { $page } of { $pages }
