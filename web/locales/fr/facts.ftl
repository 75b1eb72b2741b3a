facts-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
facts-hours = { $count ->
    [one] une heure
   *[other] { $count } heures
}
facts-days = { $count ->
    [one] un jour
   *[other] { $count } jours
}
facts-weeks = { $count ->
    [one] une semaine
   *[other] { $count } semaines
}
facts-months = { $count ->
    [one] un mois
   *[other] { $count } mois
}
facts-years = { $count ->
    [one] un an
   *[other] { $count } ans
}
facts-range = { $min } à { $max }
facts-from = à partir de { $value }
facts-up-to = jusqu’à { $value }
facts-or-more = { $value } ou plus
facts-more-than = plus de { $value }
facts-less-than = moins de { $value }
facts-about = environ { $value }
facts-free = gratuit
facts-all-sizes = toutes tailles
facts-people = { $count ->
    [0] personne
    [one] une personne
   *[other] { $said } personnes
}
facts-inhabitants = { $count ->
    [one] { $said } habitant
   *[other] { $said } habitants
}
facts-person-days = { $count ->
    [one] { $said } jour-personne
   *[other] { $said } jours-personne
}
facts-fte = { $said } ETP
facts-per-year = { $amount } par an
facts-per-month = { $amount } par mois
facts-period = { $start } – { $end }
facts-since = depuis { $start }
facts-until = jusqu’à { $end }
facts-in-year = en { $year }
facts-steps = { $count ->
    [one] une étape
   *[other] { $count } étapes
}
facts-panels = { $count ->
    [one] un panneau
   *[other] { $count } panneaux
}
facts-state-planned = en préparation
facts-state-running = en cours
facts-state-finished = terminée
facts-state-stopped = interrompue
facts-again-as-is = oui, telle quelle
facts-again-adapted = oui, en adaptant
facts-again-no = non
facts-again-unknown = ne sait pas encore
facts-independence-lead = par qui la porte
facts-independence-participant = par qui y a participé
facts-independence-observer = par qui l’a observée
facts-independence-evaluator = par qui l’a évaluée
facts-label-about = Fiches utilisées
facts-label-actors = Acteurs et ressources
facts-label-adaptations = Adaptations
facts-label-again = On referait ?
facts-label-aliases = Anciennes adresses
facts-label-approach = Approche
facts-label-audiences = Publics
facts-label-audio = Son
facts-label-authors = Signatures
facts-label-axes = Axes de résilience
facts-label-axis = Axe
facts-label-benefits = Bénéfices
facts-label-challenges = Enjeux
facts-label-code = Code
facts-label-competence = Niveau compétent
facts-label-conflicting-facts = Faits divergents
facts-label-consent = Consentement
facts-label-cost = Coût
facts-label-cost-eur = Coût
facts-label-data = Données recueillies
facts-label-date = Date
facts-label-difficulty = Difficulté
facts-label-duration = Durée
facts-label-effect-delay = Effets visibles
facts-label-effort-days = Temps humain
facts-label-end = Fin
facts-label-facilitators = Animation
facts-label-figures = Chiffres
facts-label-first-step = Premier pas
facts-label-form = Forme
facts-label-formats = Modalités
facts-label-former-names = Anciens noms
facts-label-funders = Financeurs
facts-label-funding = Financements
facts-label-guests = Avec
facts-label-id = Identifiant
facts-label-independence = Récit écrit
facts-label-indicators = Indicateurs
facts-label-initiators = Qui peut lancer
facts-label-intentions = Pour
facts-label-interview-duration = Durée d’un entretien
facts-label-interviewers = Enquêtrices et enquêteurs
facts-label-kind = Type de fiche
facts-label-language = Langue
facts-label-lead = Qui porte
facts-label-leads = Porteurs
facts-label-licence = Licence
facts-label-links = Liens
facts-label-location = Coordonnées
facts-label-marks = Auto-évaluation
facts-label-materials = Matériel
facts-label-media = Images
facts-label-members = Membres
facts-label-mirror = Miroir
facts-label-mode = Forme
facts-label-nature = Nature
facts-label-objective = Objectif
facts-label-obstacles = Obstacles
facts-label-opening-question = Question de départ
facts-label-orientation = Orientation
facts-label-panels = Panneaux
facts-label-part-of = Fait partie de
facts-label-participants = Participants
facts-label-participation = Niveau de participation
facts-label-partners = Partenaires
facts-label-parts = Outils qui la composent
facts-label-period = Quand
facts-label-places = Lieux
facts-label-population = Population
facts-label-population-range = Taille de commune
facts-label-population-year = Année de la population
facts-label-preparation = Préparation
facts-label-programmes = Démarches
facts-label-question = Question
facts-label-regulation = Réglementation
facts-label-review-by = À relire avant le
facts-label-roles = Rôles
facts-label-satisfactions = Satisfactions
facts-label-scales = Échelles
facts-label-short-name = Sigle
facts-label-skill = Compétence
facts-label-sources = Sources
facts-label-staff = Équipe
facts-label-stages = Étapes
facts-label-start = Début
facts-label-state = État
facts-label-status = Statut
facts-label-steps = Étapes
facts-label-summary = Résumé
facts-label-surprises = Surprises
facts-label-asked = Questions auxquelles elle répond
facts-label-tags = Mots clés
facts-label-territories = Territoires
facts-label-testimonies = Témoignages
facts-label-tips = Astuces
facts-label-title = Titre
facts-label-topics = Sujets
facts-label-total-time = Temps total
facts-label-translation-of = Traduction de
facts-label-vintage = Millésime
facts-label-website = Site
facts-labelled = { $label } : { $value }
facts-word-active = active
facts-word-to-review = à relire
facts-word-archived = archivée
facts-word-author = écriture
facts-word-adaptation = adaptation
facts-word-translation = traduction
facts-word-review = relecture
facts-word-illustration = illustration
facts-word-testing = expérimentation
facts-word-coordination = coordination
facts-word-adapted-from = adapté de
facts-word-translated-from = traduit de
facts-word-inspired-by = inspiré de
facts-word-quoted = cité
facts-word-further-reading = à lire
facts-word-before = avant
facts-word-after = après
facts-word-alternative = à la place
facts-word-variant-of = variante de
facts-word-part-of = fait partie de
facts-word-uses = utilise
facts-word-illustrates = illustre
facts-word-replaces = remplace
facts-word-close-to = proche de
facts-word-planned = prévu
facts-word-running = en cours
facts-word-finished = terminé
facts-word-stopped = interrompu
facts-word-observed = constaté
facts-word-estimated = estimé
facts-word-as-is = tel quel
facts-word-adapted = en adaptant
facts-word-no = non
facts-word-unknown = ne sait pas
facts-word-lead = porteur
facts-word-participant = participant
facts-word-observer = observateur
facts-word-evaluator = évaluateur
facts-word-total = en tout
facts-word-year = par an
facts-word-month = par mois
facts-label-to = Fiche
facts-label-relation = Relation
facts-label-usage = Usage
facts-label-url = Adresse
facts-label-changes = Modifications
facts-label-item = Objet
facts-label-quantity = Quantité
facts-label-name = Nom
facts-label-organisation = Organisation
facts-label-role = Rôle
facts-label-cards = Fiches
facts-label-options = Au choix
facts-label-aim = But
facts-label-deliverable = À la fin
facts-label-go-on-when = On continue quand
facts-label-value = Valeur
facts-label-unit = Unité
facts-label-label = Ce qu’il compte
facts-label-source = Source
facts-label-note = Remarque
facts-label-text = Texte
facts-label-card = Fiche
facts-label-section = Section
facts-label-alt = Description
facts-label-credit = Crédit
facts-label-count = Nombre
facts-label-amount-eur = Montant (€)
facts-label-per = Période
facts-label-includes = Comprend
facts-label-checked-on = Vérifié le
facts-label-fte = ETP
facts-label-people = Personnes
facts-label-days = Jours
