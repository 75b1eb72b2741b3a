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
search-nothing = Rien ne correspond, mais…
search-without = Sans « { $filter } » : { $count }
search-nothing-words = Essayez un mot plus courant, ou un seul mot : « eau », « jeunes », « réunion ».
search-nothing-write = Écrire la fiche qui manque
search-pages = Pages
search-previous = Page précédente
search-next = Page suivante
search-place = Page { $page } sur { $pages }
search-corrected = Rien ne correspond exactement ; voici ce que donne « { $text } ».
search-chip = { $facet } : { $value }
search-chip-read = « { $words } » →
search-as-typed = Chercher ces mots tels quels
search-more-filters = Plus de filtres
search-sort = Ordre des résultats
search-sort-relevance = Les plus proches
search-sort-tried = Les plus essayées
search-sort-newest = Les plus récentes
search-tried = { $count ->
    [one] essayée une fois
   *[other] essayée { $count } fois
}
search-alike = Proche de
search-comparing = À comparer : { $cards }.
search-comparing-see = Voir le tableau
search-compare-too = Comparer aussi celle-ci
search-nothing-browse = Parcourir les fiches par sujet
search-nothing-begin = Être guidé en cinq questions
search-take = Emporter ces résultats :
search-take-atom = flux Atom
search-watch = Me prévenir des nouvelles fiches qui répondent à cette recherche
search-unwatch = Ne plus me prévenir pour cette recherche
search-feed = { $commons } : les fiches les plus récentes
search-feed-for = { $commons } : « { $text } »
search-why = Pourquoi à cette place
search-why-adds = { $reason } : + { $weight }
search-why-times = { $reason } : × { $weight }
search-why-word = « { $word } » { $place }
search-why-in-title = dans le titre
search-why-in-tags = dans les mots-clés
search-why-in-summary = dans le résumé
search-why-in-labels = dans les rubriques
search-why-in-asked = dans une question à laquelle elle répond
search-why-in-text = dans le texte
search-why-together = « { $words } » côte à côte
search-why-whole-title = mots de la recherche dans le titre
search-why-answers = une question à laquelle elle répond ressemble à la vôtre
search-why-company = citée par une des meilleures réponses, ou la citant
search-why-coverage = part des mots trouvés
search-why-focus = au plus près de la durée, du nombre de personnes ou du budget demandés
search-why-tried = essayée sur le terrain
search-why-reviewed = relue récemment
search-why-language = langue de lecture
search-why-kind = type de fiche
search-question-text = « { $text } »
search-elsewhere = Chercher aussi dans :
search-elsewhere-proposals = les propositions
search-elsewhere-comments = les commentaires
search-elsewhere-people = les personnes
