# Les lettres que le site envoie.
mail-hello = Bonjour,
mail-sign-in-subject = Votre lien pour entrer dans « { $commons } »
mail-sign-in-why = Quelqu’un, vous sans doute, demande à entrer dans « { $commons } » avec cette adresse.
mail-sign-in-how = Ouvrez ce lien puis confirmez. Il sert une seule fois et s’éteint dans { $minutes } minutes.
mail-sign-in-not-you = Si ce n’est pas vous, il n’y a rien à faire : sans ce lien, personne n’entre.
mail-sign-in-no-answer = Ce message est envoyé par le site, personne ne lira de réponse.
mail-confirm-subject = Confirmez votre correction de « { $title } »
mail-confirm-why = Quelqu’un, vous sans doute, a proposé avec cette adresse une correction de la fiche « { $title } », dans « { $commons } ».
mail-confirm-how = Ouvrez ce lien pour la relire et la confirmer. Il sert une seule fois et s’éteint dans { $days } jours.
mail-confirm-not-you = Si ce n’est pas vous, il n’y a rien à faire : sans ce lien, la correction s’efface et aucun compte n’est créé.
mail-notices-subject = { $count } nouvelles pour vous dans « { $commons } »
mail-notices-lead = Voici ce qu’il y a de nouveau pour vous dans « { $commons } ».
mail-notices-more = { $count ->
    [one] Et un autre avis, à lire sur le site.
   *[other] Et { $count } autres avis, à lire sur le site.
}
mail-notices-settings = Pour choisir quand ces avis vous sont écrits :
mail-notices-stop = Pour ne plus en recevoir, sans même vous connecter :
mail-invitation-subject = { $by } vous invite dans « { $commons } »
mail-invitation-why = { $by } vous invite à rejoindre « { $commons } », un commun de fiches que chacun peut lire, copier et améliorer.
mail-invitation-role = Votre rôle y serait : { $role }.
mail-invitation-how = Ouvrez ce lien puis confirmez : il crée votre compte. Il sert une seule fois et s’éteint dans 7 jours.
mail-invitation-not-you = Si cette invitation ne vous dit rien, il n’y a rien à faire : sans ce lien, aucun compte n’est créé.
mail-try-out-subject = Votre récit : { $title }
mail-try-out-why = Quelqu’un, sans doute vous, a raconté sur { $commons } avoir essayé « { $title } ».
mail-try-out-confirm = Pour confirmer ce récit, ouvrez ce lien dans les { $days } jours :
mail-try-out-own = Votre récit attend d’être lu. Ce lien y ramène :
mail-try-out-keep = Gardez cette lettre : le même lien permet de compléter, de corriger ou de retirer le récit.
mail-try-out-not-you = Ce n’était pas vous ? Ne faites rien : sans confirmation, tout est effacé.
mail-try-out-answer-subject = Votre récit : { $title }
mail-try-out-asked = La personne qui a lu votre récit « { $title } » vous demande :
mail-try-out-declined = Votre récit « { $title } » ne sera pas publié. Voici pourquoi :
mail-try-out-proposed = Votre récit « { $title } » est accepté. D’autres personnes doivent encore le relire, ici :
mail-try-out-published = Votre récit « { $title } » est publié. Merci ! On le suit ici :
mail-try-out-your-link = Le lien de notre première lettre mène toujours à votre récit.
