# Les personnes que l’historique crédite.
credited-title = Les personnes
credited-lead = Celles et ceux qui ont publié des versions de fiches, sous le nom de leur choix. Qui masque son nom n’est pas dans cette liste.
credited-words = Nom ou organisation
credited-do = Chercher
credited-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
credited-none = Personne n’a encore publié de version
credited-nothing = Personne ne porte ce nom dans l’historique
credited-nothing-text = Seul le nom choisi pour les crédits se trouve ici, jamais une adresse de courriel.
credited-all = Voir toutes les personnes
credited-last = la dernière le
credited-colon = { " :" }
