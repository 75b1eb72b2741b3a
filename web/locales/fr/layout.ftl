layout-skip = Aller au contenu
layout-search-label = Chercher une méthode, une action, une expérience
layout-search-hint = Chercher : écouter les habitants, cantine…
layout-search-do = Chercher
layout-nav = Navigation principale
layout-nav-cards = Les fiches
layout-nav-new = Écrire une fiche
layout-nav-proposals = Propositions
layout-nav-waiting = { $count ->
    [one] , { $count } vous attend
   *[other] , { $count } vous attendent
}
layout-nav-notices = Avis
layout-nav-unseen = { $count ->
    [one] , { $count } nouveau
   *[other] , { $count } nouveaux
}
layout-read-only = Le commun est en lecture seule pour le moment : on peut tout lire, rien ne peut être proposé ni publié. Gardez vos textes de côté.
layout-nav-sign-in = Se connecter
layout-footer-nav = À propos du site
layout-footer-licence = Sauf mention contraire, les contenus sont sous licence
layout-footer-clone = Copier tout le commun
layout-footer-about = À propos
layout-copy = Copier
layout-copied = Copié
layout-nav-moderation = Modération
layout-nav-to-moderate = { $count ->
    [one] , { $count } chose attend
   *[other] , { $count } choses attendent
}
