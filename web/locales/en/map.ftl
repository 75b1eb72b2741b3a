# The map of France.
map-crumb = Map
map-title = Map
map-lead = Where the cards found were tried, where those who speak of them work.
map-count = { $count ->
    [0] No card on the map
    [one] One card on the map
   *[other] { $count } cards on the map
}
map-count-for = { $count }: { $text }
map-as-list = See the list of cards
map-skip = Skip the map, read the places
map-figure = Map of the departments; the same places are listed below
map-department-title = { $name }: { $count ->
    [one] one card
   *[other] { $count } cards
}
map-legend = Key
map-legend-none = no card
map-legend-1 = one
map-legend-2 = 2 to 4
map-legend-3 = 5 to 9
map-legend-4 = 10 and more
map-legend-point = a place whose position is known
map-legend-count = number of cards, where only the department is known
map-overseas = Overseas
map-list = Place by place
map-nothing = None of the cards found says where it happens.
map-more = { $count ->
    [one] and one more card
   *[other] and { $count } more cards
}
map-regions = Regions, no department in particular
map-elsewhere = Elsewhere, or in no department in particular
map-nowhere = { $count ->
    [one] One card found names no place.
   *[other] { $count } cards found name no place.
}
map-cut = Only the first { $count } cards are placed on the map: a filter will show others.
map-credit-outlines = Outlines of the departments: { $credit }, { $licence }
map-credit-register = Territories: { $credit }, { $vintage }
map-credit-coordinates = Positions of communes: { $credit }, { $licence }
map-from-search = See these cards on the map
