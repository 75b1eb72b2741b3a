browse-title = Parcourir les fiches
browse-lead = Tout ce que contient le commun, par axe de résilience, par sujet, par intention et par territoire.
browse-begin = Être guidé en cinq questions
browse-search = Chercher
browse-axes = Par axe de résilience
