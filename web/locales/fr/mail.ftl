# Les lettres que le site envoie.
mail-hello = Bonjour,
mail-sign-in-subject = Votre lien pour entrer dans « { $commons } »
mail-sign-in-why = Quelqu’un, vous sans doute, demande à entrer dans « { $commons } » avec cette adresse.
mail-sign-in-how = Ouvrez ce lien puis confirmez. Il sert une seule fois et s’éteint dans { $minutes } minutes.
mail-sign-in-not-you = Si ce n’est pas vous, il n’y a rien à faire : sans ce lien, personne n’entre.
mail-sign-in-no-answer = Ce message est envoyé par le site, personne ne lira de réponse.
