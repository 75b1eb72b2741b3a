added-up-heading = { $count ->
    [one] Expérimentée une fois
   *[other] Expérimentée { $count } fois
}
added-up-heading-planned = Bientôt essayée
added-up-planned = En préparation
added-up-count = Retours
added-up-territories = Territoires
added-up-level = Niveau d’expérience
added-up-level-evaluated = évaluée de façon indépendante
added-up-state-running = { $count ->
    [one] { $count } en cours
   *[other] { $count } en cours
}
added-up-state-finished = { $count ->
    [one] { $count } terminée
   *[other] { $count } terminées
}
added-up-state-stopped = { $count ->
    [one] { $count } interrompue
   *[other] { $count } interrompues
}
added-up-state-planned = { $count } en préparation
added-up-all = Lire les { $count } retours
added-up-reports = { $count ->
    [one] un retour
   *[other] { $count } retours
}
added-up-data = Ces retours en liste et en données
added-up-places-more = { $count ->
    [one] { $names } et un autre
   *[other] { $names } et { $count } autres
}
added-up-place = { $name } ({ $population })
added-up-numbers = Les mêmes chiffres en tableau
added-up-measure-duration = Durée
added-up-measure-participants = Personnes
added-up-measure-cost-total = Coût en tout
added-up-measure-cost-yearly = Coût par an
added-up-measure-cost-monthly = Coût par mois
added-up-measure-staff-fte = Équipe, en équivalents temps plein
added-up-measure-staff-people = Équipe, en personnes
added-up-measure-staff-days = Temps de travail
added-up-people = { $count ->
    [one] { $said } personne
   *[other] { $said } personnes
}
added-up-count-days = { $count ->
    [one] { $said } jour
   *[other] { $said } jours
}
added-up-count-months = { $count ->
    [one] { $said } mois
   *[other] { $said } mois
}
added-up-count-years = { $count ->
    [one] { $said } an
   *[other] { $said } ans
}
added-up-scale-minutes = En minutes.
added-up-scale-hours = En heures.
added-up-scale-days = En jours.
added-up-scale-months = En mois.
added-up-scale-years = En années.
added-up-scale-people = En personnes.
added-up-scale-euros = En euros.
added-up-scale-euros-yearly = En euros par an.
added-up-scale-euros-monthly = En euros par mois.
added-up-scale-fte = En équivalents temps plein.
added-up-scale-person-days = En jours-personne.
added-up-spread = { $range }, médiane { $median }
added-up-announced = La fiche annonce { $range }
added-up-below = { $count ->
    [one] un retour est en dessous
   *[other] { $count } retours sont en dessous
}
added-up-within = { $count ->
    [one] un retour y tient
   *[other] { $count } retours y tiennent
}
added-up-above = { $count ->
    [one] un retour est au-dessus
   *[other] { $count } retours sont au-dessus
}
added-up-estimated-measure = Encore en cours ou estimé : { $said }
added-up-planned-measure = Prévu : { $said }
added-up-least = Le moins
added-up-quarter-below = Un quart fait moins que
added-up-median = Médiane
added-up-quarter-above = Un quart fait plus que
added-up-greatest = Le plus
added-up-key-dot = un retour
added-up-key-quartiles = la moitié du milieu
added-up-key-announced = ce que la fiche annonce
added-up-populations = Taille des communes
added-up-populations-of = { $count } territoires dont la population est connue
added-up-see-territories = lesquels
added-up-others = Autres chiffres
added-up-marks = Notes
added-up-marks-how = Combien ont donné chaque note, de 1 à 4
added-up-mark-1 = 1, pas du tout
added-up-mark-4 = 4, tout à fait
added-up-criterion = Critère
added-up-average = Moyenne
added-up-average-of = { $value } ({ $count } notes)
added-up-again = On referait ?
added-up-again-of = { $count } réponses
added-up-again-unknown = { $count ->
    [one] Une réponse « ne sait pas encore »
   *[other] { $count } réponses « ne sait pas encore »
}
added-up-answer = Réponse
added-up-years = Année par année
added-up-years-of = De { $first } à { $last }, par année de début
added-up-year = Année
added-up-undated = Sans date
added-up-undated-count = { $count ->
    [one] Un retour sans date
   *[other] { $count } retours sans date
}
added-up-named-satisfactions = Ce qui a plu
added-up-named-obstacles = Ce qui a gêné
added-up-named-tips = Astuces
added-up-named-surprises = Surprises
added-up-all-satisfactions = Les { $count } satisfactions
added-up-all-obstacles = Les { $count } obstacles
added-up-all-tips = Les { $count } astuces
added-up-all-surprises = Les { $count } surprises
added-up-adaptations = Ce qui a été adapté
added-up-all-adaptations = Les { $count } adaptations
added-up-quoted = « { $text } »
added-up-aspect-all = Tous les retours
added-up-aspect-measure = { $measure } ({ $nature })
added-up-aspect-again = { $question } { $answer }
added-up-aspect-year = Commencé en { $year }
added-up-try = J’ai essayé
added-up-version-of = Version du { $day }
