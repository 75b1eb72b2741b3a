home-heading = Ce que d’autres ont essayé, pour agir chez vous
home-search-label = Que cherchez-vous ?
home-search-hint = écouter les habitants, cantine, atelier de 2 h…
home-doors = Par où commencer
home-door-begin = Je débute
home-door-begin-text = Cinq questions, et un point de départ à votre mesure.
home-door-method = Je cherche une méthode
home-door-method-text = Réunion, enquête, décision : des déroulés prêts à animer.
home-door-tell = Je raconte une expérience
home-door-tell-text = Ce que vous avez fait, ce qui a marché ou non : cela servira à d’autres.
home-newest = Dernières fiches
home-empty = Il n’y a pas encore de fiche. Écrivez la première.
home-all = { $count ->
    [0] Chercher dans le commun
    [one] Voir la fiche
   *[other] Voir les { $count } fiches
}
home-counts = Ce que contient le commun
home-clone = Tout emporter
home-clone-text = Le commun entier, avec toutes ses versions, se copie en une commande. Chaque copie est un miroir de plus.
home-clone-more = Comment faire, sous quelle licence
home-browse = Parcourir par sujet
