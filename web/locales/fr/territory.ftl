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
