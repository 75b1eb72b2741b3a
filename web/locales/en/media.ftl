media-title = Photos and documents
media-credit = Credit: { $name }
media-document-kb = PDF, { $size } kB
media-document-mb = PDF, { $size } MB
media-proposed = The picture that is proposed; its words are in the card.
media-proposed-document = Open the document that is proposed
media-read-aloud = Read to those who don’t see the picture: { $alt }
media-proposed-title = Photo or document attached
media-joined = { $count ->
    [one] one file attached
   *[other] { $count } files attached
}
