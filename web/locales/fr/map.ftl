# La carte de France.
map-crumb = Carte
map-title = Carte
map-lead = Où les fiches trouvées ont été essayées, où travaillent celles et ceux qui en parlent.
map-count = { $count ->
    [0] Aucune fiche sur la carte
    [one] Une fiche sur la carte
   *[other] { $count } fiches sur la carte
}
map-count-for = { $count } : { $text }
map-as-list = Voir la liste des fiches
map-skip = Passer la carte, lire les lieux
map-figure = Carte des départements ; les mêmes lieux sont en liste au-dessous
map-department-title = { $name } : { $count ->
    [one] une fiche
   *[other] { $count } fiches
}
map-legend = Légende
map-legend-none = aucune fiche
map-legend-1 = une
map-legend-2 = de 2 à 4
map-legend-3 = de 5 à 9
map-legend-4 = 10 et plus
map-legend-point = un lieu dont la position est connue
map-legend-count = nombre de fiches, quand seul le département est connu
map-overseas = Outre-mer
map-list = Lieu par lieu
map-nothing = Aucune des fiches trouvées ne dit où cela se passe.
map-more = { $count ->
    [one] et une autre fiche
   *[other] et { $count } autres fiches
}
map-regions = Régions, sans département précis
map-elsewhere = Ailleurs, ou sans département précis
map-nowhere = { $count ->
    [one] Une fiche trouvée ne dit pas de lieu.
   *[other] { $count } fiches trouvées ne disent pas de lieu.
}
map-cut = Seules les { $count } premières fiches sont placées sur la carte : un filtre en montrera d’autres.
map-credit-outlines = Contours des départements : { $credit }, { $licence }
map-credit-register = Territoires : { $credit }, { $vintage }
map-credit-coordinates = Positions des communes : { $credit }, { $licence }
map-from-search = Voir ces fiches sur la carte
