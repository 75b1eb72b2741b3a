annual-title = Bilan de l’année { $year }
annual-lead = Ce que l’année a apporté au commun : des fiches, des retours, des personnes, et ce qui en a été repris.
annual-years = Autres années
annual-next = Le dernier bilan
annual-new-cards = Nouvelles fiches
annual-by-kind = Nouvelles fiches par type
annual-all-versions = Versions publiées
annual-changed = { $count ->
    [one] sur une fiche
   *[other] sur { $count } fiches
}
annual-reports = Retours d’expérience
annual-contributors = Contributrices et contributeurs
annual-organisations = { $count ->
    [one] d’une organisation
   *[other] de { $count } organisations
}
annual-reused = Fiches reprises
annual-more = et { $count } de plus
annual-versions = { $count ->
    [one] une version
   *[other] { $count } versions
}
annual-reuse = Ce qui a été repris
annual-reuse-lead = Les fiches que de nouveaux retours racontent, ou sur lesquelles de nouvelles fiches s’appuient.
annual-reuse-reports = { $count ->
    [one] un retour
   *[other] { $count } retours
}
annual-reuse-cards = { $count ->
    [one] une nouvelle fiche
   *[other] { $count } nouvelles fiches
}
annual-adapted = Adaptées ou traduites d’ailleurs
