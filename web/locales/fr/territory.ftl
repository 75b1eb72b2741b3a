# Les territoires : dire où, lire une page de territoire.
territory-kind-epci = intercommunalité
territory-kind-department = département
territory-kind-region = région
territory-input-label = Commune ou territoire
territory-input-hint = Le nom, actuel ou ancien, ou le code postal. Hors de France : le lieu, et le pays entre parenthèses.
territory-input-offers = Territoires proposés
territory-input-none = Aucun territoire français ne porte ce nom : il sera gardé tel quel.
territory-input-one = 1 territoire proposé
territory-input-some = # territoires proposés
territory-input-which = Lequel est-ce ?
territory-input-by-hand = Aucun de ceux-là : garder ce que j’ai écrit
territory-unknown = Aucun territoire n’a ce code dans le registre.
territory-unknown-map = Chercher sur la carte
territory-page-description = { $name } : ce qui s’y est essayé, qui y travaille, quels territoires lui ressemblent.
territory-is-commune = Commune
territory-is-cc = Communauté de communes
territory-is-ca = Communauté d’agglomération
territory-is-cu = Communauté urbaine
territory-is-metropole = Métropole
territory-is-department = Département
territory-is-region = Région
territory-population = Population
territory-population-year = population municipale { $year }
territory-department = Département
territory-region = Région
territory-epci = Intercommunalité
territory-chief-town = Chef-lieu
territory-communes = Communes
territory-departments = Départements
territory-postcodes = Codes postaux
territory-insee = Code Insee
territory-siren = SIREN
territory-vintage = Année du registre
territory-parts = Communes déléguées et associées
territory-districts = Arrondissements
territory-former = Anciens noms, anciennes communes
territory-name-until = { $name } (jusqu’en { $year })
territory-register = Dans le registre
territory-source = Source : { $credit }, { $vintage }
territory-reports = Ce qui s’y est essayé
territory-reports-none = Personne n’a encore raconté ce qui s’est essayé ici.
territory-reports-more = { $count ->
    [one] Et un autre récit.
   *[other] Et { $count } autres récits.
}
territory-reports-all = Les voir tous
territory-reports-count = { $count ->
    [one] 1 récit
   *[other] { $count } récits
}
territory-topics = Sujets :
territory-organisations = Qui travaille ici
territory-alike = Des territoires comme celui-ci
territory-alike-size = même taille
territory-alike-department = même département
territory-alike-region = même région
territory-tell = Raconter une expérience
territory-begin = Écrire la fiche de ce territoire
territory-today = Au registre { $vintage } : { $name }
