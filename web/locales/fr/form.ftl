# Ce que disent tous les formulaires.
form-problems-title = Quelque chose est à corriger
form-optional = (facultatif)
form-required = (obligatoire)
form-cancel = Annuler
