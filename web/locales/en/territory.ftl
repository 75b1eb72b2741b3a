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
territory-unknown = No territory has this code in the register.
territory-unknown-map = Look on the map
territory-page-description = { $name }: what was tried there, who works there, which territories are like it.
territory-is-commune = Commune
territory-is-cc = Community of communes
territory-is-ca = Agglomeration community
territory-is-cu = Urban community
territory-is-metropole = Metropolis
territory-is-department = Department
territory-is-region = Region
territory-population = Population
territory-population-year = municipal population { $year }
territory-department = Department
territory-region = Region
territory-epci = Intercommunality
territory-chief-town = Chief town
territory-communes = Communes
territory-departments = Departments
territory-postcodes = Postcodes
territory-insee = INSEE code
territory-siren = SIREN
territory-vintage = Year of the register
territory-parts = Delegated and associated communes
territory-districts = Districts
territory-former = Former names and communes
territory-name-until = { $name } (until { $year })
territory-register = In the register
territory-source = Source: { $credit }, { $vintage }
territory-reports = What was tried here
territory-reports-none = Nobody has told yet of what was tried here.
territory-reports-more = { $count ->
    [one] And one more report.
   *[other] And { $count } more reports.
}
territory-reports-all = See them all
territory-reports-count = { $count ->
    [one] 1 report
   *[other] { $count } reports
}
territory-topics = Topics:
territory-organisations = Who works here
territory-alike = Territories like this one
territory-alike-size = same size
territory-alike-department = same department
territory-alike-region = same region
territory-tell = Tell of an experience
territory-begin = Write the card of this territory
territory-today = In the register of { $vintage }: { $name }
