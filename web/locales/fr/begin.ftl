begin-title = Où commencer ?
begin-lead = Cinq questions, toutes facultatives. En réponse : un parcours, trois méthodes, et ce qu’a vécu une commune comme la vôtre.
begin-question-audience = Qui êtes-vous ?
begin-question-population = Votre commune compte…
begin-hint-population = Pour trouver une expérience vécue dans une commune de même taille.
begin-question-stage = Où en êtes-vous ?
begin-question-people = Combien de personnes pensez-vous réunir ?
begin-question-duration = De combien de temps disposez-vous ?
begin-hint-duration = Pour la méthode elle-même, sans la préparation.
begin-question-topic = Quel sujet du quotidien vous préoccupe ?
begin-any = peu importe
begin-do = Proposer un point de départ
begin-again = Changer vos réponses
begin-said = Vous avez dit :
begin-pathway = Un parcours
begin-methods = { $count ->
    [0] Des méthodes
    [one] Une méthode
    [2] Deux méthodes
    [3] Trois méthodes
   *[other] { $count } méthodes
}
begin-experience = Ailleurs, ils l’ont fait
begin-because = Parce que vous avez dit : { $answers }
begin-because-nothing = La plus souvent choisie pour débuter, quelles que soient vos réponses
begin-elsewhere = Aucune commune de cette taille n’a encore raconté son expérience ici ; voici la plus proche.
begin-no-pathway = Aucun parcours n’est encore écrit.
begin-no-methods = Aucune méthode n’est encore écrite.
begin-no-experience = Personne n’a encore raconté son expérience.
begin-compare = Les comparer dans un tableau
begin-search = Voir toutes les méthodes qui conviennent
begin-print = Imprimer
begin-share = L’adresse de cette page garde vos réponses, et rien d’autre :
