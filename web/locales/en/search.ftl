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
search-nothing = Nothing matches, but…
search-without = Without “{ $filter }”: { $count }
search-nothing-words = Try a more common word, or one word only: “water”, “youth”, “meeting”.
search-nothing-write = Write the missing card
search-pages = Pages
search-previous = Previous page
search-next = Next page
search-place = Page { $page } of { $pages }
search-corrected = Nothing matches exactly; here is what “{ $text }” gives.
search-chip = { $facet }: { $value }
search-chip-read = “{ $words }” →
search-as-typed = Search these words as they are
search-more-filters = More filters
search-sort = Order of the results
search-sort-relevance = Closest
search-sort-tried = Most tried
search-sort-newest = Newest
search-tried = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
search-alike = Close to
search-comparing = To compare: { $cards }.
search-comparing-see = See the table
search-compare-too = Compare this one too
search-nothing-browse = Browse the cards by topic
search-nothing-begin = Be guided in five questions
search-take = Take these results away:
search-take-atom = Atom feed
search-watch = Tell me of new cards that answer this search
search-unwatch = Stop telling me about this search
search-feed = { $commons }: the newest cards
search-feed-for = { $commons }: “{ $text }”
search-why = Why it is at this place
search-why-adds = { $reason }: + { $weight }
search-why-times = { $reason }: × { $weight }
search-why-word = “{ $word }” { $place }
search-why-in-title = in the title
search-why-in-tags = in the keywords
search-why-in-summary = in the summary
search-why-in-labels = among its categories
search-why-in-asked = in a question that it answers
search-why-in-text = in the text
search-why-together = “{ $words }” side by side
search-why-whole-title = words of the search in the title
search-why-answers = a question that it answers is like yours
search-why-company = named by one of the best answers, or naming it
search-why-coverage = share of the words found
search-why-focus = close to the duration, number of people or budget asked for
search-why-tried = tried in the field
search-why-reviewed = reviewed recently
search-why-language = language of the reader
search-why-kind = kind of card
search-question-text = “{ $text }”
search-elsewhere = Search also in:
search-elsewhere-proposals = proposals
search-elsewhere-comments = comments
search-elsewhere-people = people
