# La correction de quelqu’un qui n’a pas de compte.
suggestion-sent-title = Regardez vos courriels
suggestion-sent-lead = Votre correction est gardée. Un lien arrive à l’adresse que vous avez donnée ; il sert une seule fois, pendant { $days } jours.
suggestion-sent-then = Ouvrez-le pour confirmer : votre correction sera alors relue par d’autres, puis publiée sous votre nom. Rien après quelques minutes ? Cherchez dans les indésirables.
suggestion-kept-title = Il reste un choix à faire
suggestion-kept-lead = Pendant que votre correction attendait, quelqu’un a changé la même fiche aux mêmes endroits, ou ses règles. Rien n’est perdu : votre texte est gardé parmi vos brouillons.
suggestion-kept-then = Connectez-vous avec la même adresse, puis reprenez-le depuis votre compte : les deux textes vous seront montrés côte à côte.
suggestion-nothing-title = C’est déjà fait
suggestion-nothing-lead = La fiche publiée dit déjà ce que vous vouliez corriger : il n’y a rien à relire.
suggestion-nothing-then = Merci de l’avoir vu.
suggestion-see-proposals = Voir ce qui est proposé
suggestion-confirm-title = Confirmer votre correction
suggestion-confirm-lead = Vous avez proposé une correction de la fiche « { $title } » :
suggestion-confirm-name = Elle sera créditée à { $name }, ou au nom que votre compte porte déjà si vous en avez un ici.
suggestion-confirm-do = Confirmer et envoyer à la relecture
suggestion-confirm-account = Si cette adresse n’a pas encore de compte, ce bouton en crée un. Il ne vous connecte pas.
suggestion-dead-link = Ce lien a déjà servi ou s’est éteint. Si vous avez confirmé votre correction, elle est parmi les propositions.
