compare-title = Ce qui a changé dans « { $title } »
compare-heading = Ce qui a changé
compare-before = Avant
compare-after = Après
compare-views = Manières de voir
compare-view-prose = Texte lu
compare-view-source = Fichier source
compare-nothing = Rien de visible n’a changé entre ces deux versions.
compare-legend = Comment lire :
compare-legend-inserted = souligné, ajouté
compare-legend-deleted = barré, retiré
compare-fields = En tête de fiche
compare-field = Champ
compare-was = Était
compare-becomes = Devient
compare-none = rien
compare-text = Texte
compare-folded = { $count ->
    [one] Un passage inchangé
   *[other] { $count } passages inchangés
}
compare-block-inserted = Passage ajouté
compare-block-deleted = Passage retiré
compare-line-before = Ligne avant
compare-line-after = Ligne après
compare-line-mark = Changement
compare-line-text = Texte
