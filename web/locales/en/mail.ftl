# The letters that the site sends.
mail-hello = Hello,
mail-sign-in-subject = Your link to enter “{ $commons }”
mail-sign-in-why = Someone, probably you, asks to enter “{ $commons }” with this address.
mail-sign-in-how = Open this link, then confirm. It works once and goes out in { $minutes } minutes.
mail-sign-in-not-you = If it was not you, there is nothing to do: nobody enters without this link.
mail-sign-in-no-answer = The site sent this message, nobody will read an answer.
