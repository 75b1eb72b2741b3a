side-by-side-title = Comparer des fiches
side-by-side-lead = Jusqu’à trois fiches côte à côte : durée, coût, difficulté, quand les utiliser et quand les éviter.
side-by-side-first = Choisir une première fiche
side-by-side-add = Ajouter une fiche
side-by-side-remove = retirer
side-by-side-summary = En bref
side-by-side-differs = diffère
side-by-side-silent = pas précisé
