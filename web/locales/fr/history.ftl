history-title = Versions de « { $title } »
history-heading = Toutes les versions
history-count = { $count ->
    [one] { $count } version
   *[other] { $count } versions
}
history-current = version publiée
history-changes = Voir ce qui a changé
history-changes-of = dans « { $message } »
history-change-created = création
history-change-changed = modification
history-change-renamed = changement d’adresse
history-change-archived = archivage
history-change-restored = retour à une version
history-compare = Comparer deux versions
history-compare-from = De la version
history-compare-to = à la version
history-compare-do = Comparer
history-git = Avec git
history-version-title = { $title }, version du { $day }
history-version-old = Une ancienne version.
history-version-current = La version publiée.
history-colon = { " :" }
history-version-published = Lire la version publiée
history-version-since = Voir ce qui a changé depuis
history-version-restore = Revenir à cette version
history-all = Toutes les versions
history-proposals = { $count ->
    [one] Une proposition attend pour cette fiche
   *[other] { $count } propositions attendent pour cette fiche
}
