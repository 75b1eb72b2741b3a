layout-skip = Skip to content
layout-search-label = Search for a method, an action, an experience
layout-search-hint = Search: listening to residents, school meals…
layout-search-do = Search
layout-nav = Main navigation
layout-nav-cards = Cards
layout-nav-new = Write a card
layout-nav-proposals = Proposals
layout-nav-waiting = { $count ->
    [one] , { $count } waits for you
   *[other] , { $count } wait for you
}
layout-nav-notices = Notices
layout-nav-unseen = { $count ->
    [one] , { $count } new
   *[other] , { $count } new
}
layout-read-only = The commons is read-only for the moment: everything can be read, nothing can be proposed or published. Keep your texts aside.
layout-nav-sign-in = Sign in
layout-footer-nav = About the site
layout-footer-licence = Unless stated otherwise, content is under licence
layout-footer-clone = Copy the whole commons
layout-footer-about = About
layout-copy = Copy
layout-copied = Copied
layout-nav-moderation = Moderation
layout-nav-to-moderate = { $count ->
    [one] , { $count } thing waits
   *[other] , { $count } things wait
}
