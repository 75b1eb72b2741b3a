rename-title = Change the address of “{ $title }”
rename-heading = Change the address of the card
rename-lead = The address is what shows in the browser and what other cards name.
rename-linking = { $count ->
    [0] No other card names it yet.
    [one] One card names it: its link is rewritten in the same version.
   *[other] { $count } cards name it: their links are rewritten in the same version.
}
rename-redirects = The old address will always lead to the new one: links shared already and printed pages stay good.
rename-title-apart = The title is changed with the rest of the card.
rename-address = New address
rename-address-hint = A folder, a slash, a name: today { $path }.
rename-do = Change the address
rename-same = This is its address already.
rename-not-a-slug = An address is written in lower case without accents, with dashes; for example “{ $near }”.
rename-reserved = The site keeps the word “{ $word }” for itself.
rename-no-folder = There must be a folder before the name, such as outils/frise.
rename-refused = This address is not possible.
