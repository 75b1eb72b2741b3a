side-by-side-title = Compare cards
side-by-side-lead = Up to three cards side by side: duration, cost, difficulty, when to use them and when not.
side-by-side-first = Choose a first card
side-by-side-add = Add a card
side-by-side-remove = remove
side-by-side-summary = In short
side-by-side-differs = differs
side-by-side-silent = not said
