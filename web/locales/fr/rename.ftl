rename-title = Changer l’adresse de « { $title } »
rename-heading = Changer l’adresse de la fiche
rename-lead = L’adresse est ce qu’on voit dans le navigateur et ce que les autres fiches citent.
rename-linking = { $count ->
    [0] Aucune autre fiche ne la cite pour le moment.
    [one] Une fiche la cite : son lien sera réécrit dans la même version.
   *[other] { $count } fiches la citent : leurs liens seront réécrits dans la même version.
}
rename-redirects = L’ancienne adresse mènera toujours à la nouvelle : les liens déjà partagés et les pages imprimées restent bons.
rename-title-apart = Le titre, lui, se change avec le reste de la fiche.
rename-address = Nouvelle adresse
rename-address-hint = Un dossier, une barre, un nom : aujourd’hui { $path }.
rename-do = Changer l’adresse
rename-same = C’est déjà son adresse.
rename-not-a-slug = Une adresse s’écrit en minuscules sans accents, avec des tirets ; par exemple « { $near } ».
rename-reserved = Le mot « { $word } » est réservé par le site.
rename-no-folder = Il faut un dossier avant le nom, comme outils/frise.
rename-refused = Cette adresse n’est pas possible.
