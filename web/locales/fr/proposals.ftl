# Les propositions : la liste, une proposition, ce qu’on y fait.
proposals-title = Propositions
proposals-lead = Chaque changement proposé est relu ici par d’autres avant d’être publié.
proposals-lists = Listes de propositions
proposals-list-open = À relire
proposals-list-waiting = Qui m’attendent
proposals-list-mine = Les miennes
proposals-list-closed = Closes
proposals-kind = Type de fiche
proposals-kind-every = Tous les types
proposals-kind-do = Filtrer
proposals-empty-open = Rien n’attend de relecture
proposals-empty-open-text = Une faute, une précision, un retour du terrain : toute fiche peut être complétée. Ouvrez-en une, puis choisissez « Proposer une modification ».
proposals-empty-waiting = Rien ne vous attend
proposals-empty-waiting-text = Vous avez répondu à tout. Les propositions que d’autres doivent encore relire restent visibles.
proposals-empty-mine = Vous n’avez encore rien proposé
proposals-empty-mine-text = Une faute corrigée est un bon début. Ouvrez une fiche, puis choisissez « Proposer une modification ».
proposals-empty-closed = Aucune proposition n’est close
proposals-empty-closed-text = Celles qui seront publiées, refusées ou retirées resteront lisibles ici, avec leurs raisons.
proposals-empty-kind = Aucune proposition pour ce type de fiche
proposals-empty-every-kind = Voir tous les types
proposals-empty-find = Chercher une fiche
proposals-empty-write = Écrire une fiche
proposals-empty-see-open = Voir tout ce qui est à relire
proposals-size = { $count ->
    [0] aucun mot changé
    [one] { $count } mot changé
   *[other] { $count } mots changés
}
proposals-others = { $count ->
    [one] et une autre fiche
   *[other] et { $count } autres fiches
}
proposals-does-created = { $count ->
    [one] nouvelle fiche
   *[other] { $count } nouvelles fiches
}
proposals-does-changed = { $count ->
    [one] modification
   *[other] { $count } modifications
}
proposals-does-renamed = { $count ->
    [one] changement d’adresse
   *[other] { $count } changements d’adresse
}
proposals-does-archived = { $count ->
    [one] archivage
   *[other] { $count } archivages
}
proposals-does-restored = { $count ->
    [one] sortie des archives
   *[other] { $count } sorties des archives
}
proposals-mark-held = Pas encore visible de tout le monde
proposals-mark-asked = Modification demandée
proposals-mark-conflict = Textes à réunir
proposals-mark-blocked = À corriger
proposals-mark-outdated = Fiche modifiée depuis
proposals-mark-ready = Prête
proposals-age-now = à l’instant
proposals-age-minutes = { $count ->
    [one] il y a une minute
   *[other] il y a { $count } minutes
}
proposals-age-hours = { $count ->
    [one] il y a une heure
   *[other] il y a { $count } heures
}
proposals-age-days = { $count ->
    [one] il y a un jour
   *[other] il y a { $count } jours
}
proposals-age-weeks = il y a { $count } semaines
proposals-age-months = il y a { $count } mois
proposals-age-years = il y a { $count } ans
proposals-someone-gone = Compte supprimé
proposals-and = { $first } et { $last }
proposals-need-approvals = { $has ->
    [0] Aucun accord sur { $asked }
    [one] { $has } accord sur { $asked }
   *[other] { $has } accords sur { $asked }
}
proposals-need-from = de { $count } organisations
proposals-need-from-asked = il en faut de { $count } organisations
proposals-need-met = C’est ce qu’il faut.
proposals-need-more = { $count ->
    [one] Il manque un accord.
   *[other] Il manque { $count } accords.
}
proposals-need-more-among = Il manque { $count } accords, de { $organisations } organisations au moins.
proposals-need-more-other = { $count ->
    [one] Il manque un accord, d’une autre organisation.
   *[other] Il manque { $count } accords, dont { $organisations } d’une autre organisation.
}
proposals-need-other = { $count ->
    [one] Il manque un accord d’une autre organisation.
   *[other] Il manque des accords de { $count } autres organisations.
}
proposals-need-rule = Règle « { $rule } »
proposals-standing-enough = Les accords sont réunis
proposals-standing-ungoverned = Aucune règle du commun n’en parle
proposals-page-title = Proposition { $number } : { $title }
proposals-number = Proposition { $number }
proposals-by = par
proposals-with = avec { $names }
proposals-revised = nouvelle version
proposals-state-open = En relecture
proposals-state-published = Publiée
proposals-state-declined = Refusée
proposals-state-withdrawn = Retirée
proposals-outcome-published = Cette proposition est publiée
proposals-outcome-published-by = Publiée par { $name }
proposals-outcome-declined = Cette proposition a été refusée
proposals-outcome-declined-by = Refusée par { $name }
proposals-outcome-withdrawn = Cette proposition a été retirée
proposals-outcome-withdrawn-by = Retirée par { $name }
proposals-outcome-read = Lire « { $title } »
proposals-where = Où elle en est
proposals-check-clean = Rien d’autre n’a changé depuis aux mêmes endroits.
proposals-check-joined = Ces fiches ont changé depuis ; les deux changements se réuniront d’eux-mêmes.
proposals-check-conflict = Depuis, d’autres mots ont été publiés aux mêmes endroits de « { $title } ».
proposals-check-conflict-solve = Réunir les deux textes
proposals-check-conflict-who = La personne qui propose, une éditrice ou un éditeur peut réunir les deux textes.
proposals-check-invalid = La fiche ne peut pas être publiée ainsi :
proposals-check-exists = Une autre fiche occupe déjà cette adresse : il faut en choisir une autre.
proposals-check-missing = La fiche n’est plus à l’adresse où elle a été modifiée.
proposals-check-unacceptable = Cette proposition ne peut pas être publiée telle quelle.
proposals-check-asked = { $count ->
    [one] { $names } demande une modification.
   *[other] { $names } demandent une modification.
}
proposals-check-ungoverned = Aucune règle du commun ne dit qui peut accepter un changement de { $file }.
proposals-changes = Ce qui change
proposals-card-read = Lire la fiche publiée
proposals-card-revise = Modifier la proposition
proposals-card-moved = Adresse :
proposals-new-fields = Ses précisions : durée, sujets, crédits…
proposals-card-same-text = Le texte de la fiche ne change pas.
proposals-card-same = Rien de visible ne change dans cette fiche.
proposals-source-of = Fichier source de « { $title } »
proposals-fields-of = En tête de « { $title } »
proposals-discussion = Discussion
proposals-discussion-none = Personne n’a encore fait de remarque.
proposals-remark-whole = Une remarque sur l’ensemble
proposals-remark-do = Envoyer la remarque
proposals-remark-paragraph = Commenter ce paragraphe
proposals-remark-paragraph-which = { " :" } « { $text } »
proposals-remark-paragraph-label = Votre remarque sur ce paragraphe
proposals-remark-needs-words = Écrivez votre remarque.
proposals-answer = Répondre
proposals-answer-label = Votre réponse
proposals-answer-do = Envoyer la réponse
proposals-thread-settle = C’est réglé
proposals-thread-reopen = Rouvrir
proposals-thread-settled = réglé { $age }
proposals-thread-summary = { $count ->
    [one] « { $text } »
   *[other] « { $text } », { $count } remarques
}
proposals-thread-gone = Sur un passage qui n’est plus là :
proposals-on-version = sur la version { $number }
proposals-reviews = Relectures
proposals-verdict-approve = Accepte
proposals-verdict-ask-changes = Demande une modification
proposals-stale-revision = Ne compte plus : la proposition a changé depuis.
proposals-stale-base = Ne compte plus : la proposition a été réunie avec une autre version publiée.
proposals-stale-rules = Ne compte plus : les règles du commun ont changé depuis.
proposals-stale-suspended = Ne compte plus : ce compte est suspendu.
proposals-stale-role = Ne compte plus : cette personne ne fait plus partie de l’édition.
proposals-stale-author = Ne compte pas : cette personne a écrit une partie de la proposition.
proposals-stale-replaced = Remplacé par un avis plus récent de la même personne.
proposals-decide = Ce que vous pouvez faire
proposals-sign-in = Connectez-vous pour commenter ou relire. Un lien reçu par courriel suffit.
proposals-reviewed-approve = Vous avez accepté cette version { $age }. Vous pouvez changer d’avis.
proposals-reviewed-ask-changes = Vous avez demandé une modification { $age }. Vous pouvez changer d’avis.
proposals-review-words = Votre relecture
proposals-review-words-hint = Facultatif pour accepter ; pour demander une modification, dites laquelle.
proposals-review-needs-words = Dites quelle modification vous demandez.
proposals-review-approve = Accepter
proposals-review-ask-changes = Demander une modification
proposals-publish-ready = Les accords sont réunis : vous pouvez publier. La fiche sera créditée à la personne qui propose.
proposals-publish-joined = Les accords sont réunis. En publiant, la proposition sera réunie avec ce qui a changé depuis.
proposals-publish-alone = Les règles du commun vous laissent publier sans attendre les accords qui manquent.
proposals-publish-do = Publier
proposals-publish-blocked = Elle ne peut pas encore être publiée : voyez « Où elle en est ».
proposals-publish-by-editors = Les accords sont réunis : une éditrice ou un éditeur peut publier.
proposals-decline = Refuser cette proposition
proposals-decline-words = Pourquoi la refuser ?
proposals-decline-words-hint = La personne qui propose lira cette raison, et elle restera visible ici.
proposals-decline-needs-words = Dites pourquoi vous refusez.
proposals-decline-do = Refuser
proposals-withdraw = Retirer cette proposition
proposals-withdraw-words = Pourquoi la retirer ?
proposals-withdraw-words-hint = Une phrase suffit. La proposition restera lisible, sans être publiée.
proposals-withdraw-needs-words = Dites pourquoi vous retirez la proposition.
proposals-withdraw-do = Retirer
proposals-refused = Vous ne pouvez pas relire cette proposition.
proposals-refused-own = Vous avez écrit cette proposition : une autre personne doit la relire.
proposals-refused-role = Relire et publier sont le rôle de l’édition. Vous pouvez faire une remarque.
proposals-refused-suspended = Votre compte est suspendu.
proposals-refused-scope = Ce jeton ne permet pas cela.
proposals-refused-not-reviewed = Il manque encore des accords.
proposals-versions = Versions de la proposition
proposals-version = Version { $number }
proposals-version-present = celle que vous lisez
proposals-signed-out = Votre session a pris fin. Rien de ce que vous avez écrit n’est perdu : connectez-vous dans un autre onglet, puis recommencez.
proposals-kept = Ce que vous aviez écrit
proposals-outdated = La proposition a changé pendant que vous lisiez. Relisez-la, puis envoyez de nouveau : ce que vous avez écrit est encore là.
proposals-outdated-revision = { $version }, par { $author }
proposals-closed-published = Cette proposition vient d’être publiée.
proposals-closed-declined = Cette proposition a été refusée.
proposals-closed-withdrawn = Cette proposition a été retirée.
proposals-not-enough = Il manque encore des accords pour publier.
proposals-nothing = Ce texte est déjà celui qui est publié : il n’y a rien à proposer.
proposals-needs-words = Quelques mots sont nécessaires.
proposals-conflicting = D’autres mots ont été publiés aux mêmes endroits. Les deux textes sont à réunir avant de publier.
proposals-next-desk = Voir les propositions
proposals-next-proposal = Revenir à la proposition
proposals-done-envoyee = Votre proposition est envoyée. Merci ! Vous recevrez un avis quand quelqu’un l’aura lue.
proposals-done-confirmee = Merci ! Votre correction attend maintenant d’être relue. Un courriel vous dira ce qu’elle devient ; pour répondre ici, connectez-vous avec la même adresse.
proposals-done-revisee = La nouvelle version est envoyée, à relire.
proposals-done-acceptee = Vous avez accepté cette proposition.
proposals-done-demandee = Votre demande est envoyée.
proposals-done-publiee = C’est publié. Merci !
proposals-done-refusee = La proposition est refusée ; sa raison est visible.
proposals-done-retiree = La proposition est retirée.
proposals-done-reunies = Les deux textes sont réunis dans une nouvelle version, à relire.
proposals-conflict-page-lead = Pendant que cette proposition attendait, quelqu’un a publié d’autres mots aux mêmes endroits. Rien n’est perdu : choisissez pour chaque endroit, ou écrivez une version qui réunit les deux. Le reste est déjà réuni.
proposals-conflict-mine = Texte proposé
proposals-conflict-keep-mine = Le texte proposé
proposals-conflict-keep-both = Les deux, le publié puis le proposé
proposals-conflict-do = Garder ces choix dans la proposition
proposals-conflict-back = Revenir à la proposition
proposals-conflict-whole = Le texte proposé en entier
proposals-conflict-whole-label = Tel qu’il est proposé, pour le copier si besoin
proposals-conflict-message = Réunit la proposition et ce qui a été publié entre-temps
proposals-conflict-outdated = Quelqu’un a changé la proposition pendant que vous choisissiez. Vos choix sont encore sur cette page ; ouvrez la proposition dans un autre onglet pour voir ce qui a changé.
proposals-of-card = Pour la fiche
proposals-order = Ordre
proposals-order-usual = habituel
proposals-order-anciennes = les plus anciennes d’abord
proposals-order-recentes = les plus récentes d’abord
proposals-order-petites = les plus courtes d’abord
proposals-order-grandes = les plus longues d’abord
proposals-only = Montrer
proposals-only-all = toutes
proposals-only-a-reunir = celles à réunir ou à corriger
proposals-only-pretes = celles qui sont prêtes
proposals-held-moderator = Cette proposition vient d’une personne nouvelle ici : seules elle et la modération la voient. La relire ou la rendre visible l’ouvre à tout le monde.
proposals-held-author = Cette proposition n’est pas encore visible de tout le monde : quelqu’un de la modération la regarde d’abord.
proposals-held-closed = Cette proposition n’est visible que de ses autrices et auteurs et de la modération.
proposals-done-montree = La proposition est visible de tout le monde.
proposals-words = Mots à trouver
proposals-looked-through = Ces mots ont été cherchés dans les { $count } premières propositions de cette liste. Un type de fiche ou un autre ordre en donne d’autres.
proposals-empty-words = Aucune proposition de cette liste ne contient tous ces mots
proposals-empty-words-closed = Chercher dans celles qui sont closes
proposals-empty-words-open = Chercher dans celles qui sont à relire
proposals-empty-words-all = Voir toute la liste
