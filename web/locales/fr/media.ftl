media-title = Photos et documents
media-credit = Crédit : { $name }
media-document-kb = PDF, { $size } ko
media-document-mb = PDF, { $size } Mo
media-proposed = L’image proposée ; ses mots sont dans la fiche.
media-proposed-document = Ouvrir le document proposé
media-read-aloud = Lu à qui ne voit pas l’image : { $alt }
media-proposed-title = Photo ou document joint
media-joined = { $count ->
    [one] un fichier joint
   *[other] { $count } fichiers joints
}
