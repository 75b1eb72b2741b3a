search-count = { $count ->
    [0] Aucune fiche
    [one] { $count } fiche
   *[other] { $count } fiches
}
search-count-for = { $count } pour « { $text } »
search-suggestion = Vouliez-vous dire
search-suggestion-mark = { " ?" }
search-widened = Aucune fiche ne contient tous ces mots ; voici celles qui en contiennent une partie.
search-chips = Filtres choisis
search-chip-remove = Retirer le filtre
search-clear = Tout effacer
search-filters = Filtrer
search-filter-kind = Type de fiche
search-filter-topic = Sujet
search-nothing = Rien ne correspond, mais…
search-without = Sans « { $filter } » : { $count }
search-without-all = Sans aucun filtre : { $count }
search-nothing-words = Essayez un mot plus courant, ou un seul mot : « eau », « jeunes », « réunion ».
search-nothing-all = Parcourir toutes les fiches
search-nothing-write = Écrire la fiche qui manque
search-pages = Pages
search-previous = Page précédente
search-next = Page suivante
search-place = Page { $page } sur { $pages }
