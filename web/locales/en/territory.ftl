# Territories: saying where, reading the page of a territory.
territory-kind-epci = intercommunality
territory-kind-department = department
territory-kind-region = region
territory-input-label = Commune or territory
territory-input-hint = Its name, present or former, or its postcode. Outside France: the place, and the country in parentheses.
territory-input-offers = Territories offered
territory-input-none = No French territory bears this name: it will be kept as it is.
territory-input-one = 1 territory offered
territory-input-some = # territories offered
territory-input-which = Which one is it?
territory-input-by-hand = None of these: keep what I wrote
