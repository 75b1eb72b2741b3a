# Les organisations : ce qu’elles portent, signent et relisent.
organisation-carries = Ce qu’elle a porté, accompagné ou financé
organisation-lead = porteuse
organisation-partner = partenaire
organisation-funder = financeuse
organisation-credited = Les fiches qu’elle signe
organisation-reviewed = Les dernières fiches qu’elle a relues
organisation-mirror = Son miroir
organisation-mirror-says = Elle tient une copie de ce commun :
