home-heading = What others have tried, so that you can act at home
home-search-label = What are you looking for?
home-search-hint = listening to residents, school meals, 2-hour workshop…
home-doors = Where to begin
home-door-begin = I am starting
home-door-begin-text = Five questions, and a starting point that fits.
home-door-method = I need a method
home-door-method-text = Meeting, survey, decision: ready to facilitate, step by step.
home-door-tell = I tell an experience
home-door-tell-text = What you did, what worked and what did not: it will help others.
home-newest = Latest cards
home-empty = There is no card yet. Write the first one.
home-all = { $count ->
    [0] Search the commons
    [one] See the card
   *[other] See all { $count } cards
}
home-counts = What the commons holds
home-clone = Take it all away
home-clone-text = The whole commons, with all its versions, is copied by one command. Each copy is one more mirror.
home-clone-more = How to do it, under which licence
home-browse = Browse by topic
