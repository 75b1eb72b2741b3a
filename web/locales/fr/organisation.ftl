# Les organisations : ce qu’elles portent, ce qu’elles signent.
organisation-carries = Ce qu’elle a porté, accompagné ou financé
organisation-lead = porteuse
organisation-partner = partenaire
organisation-funder = financeuse
organisation-credited = Les fiches qu’elle signe
organisation-mirror = Son miroir
organisation-mirror-says = Elle tient une copie de ce commun :
