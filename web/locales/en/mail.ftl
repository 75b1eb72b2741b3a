# The letters that the site sends.
mail-hello = Hello,
mail-sign-in-subject = Your link to enter “{ $commons }”
mail-sign-in-why = Someone, probably you, asks to enter “{ $commons }” with this address.
mail-sign-in-how = Open this link, then confirm. It works once and goes out in { $minutes } minutes.
mail-sign-in-not-you = If it was not you, there is nothing to do: nobody enters without this link.
mail-sign-in-no-answer = The site sent this message, nobody will read an answer.
mail-confirm-subject = Confirm your correction of “{ $title }”
mail-confirm-why = Somebody, probably you, suggested with this address a correction of the card “{ $title }”, in “{ $commons }”.
mail-confirm-how = Open this link to read it again and confirm it. It serves once and ends in { $days } days.
mail-confirm-not-you = If it was not you, there is nothing to do: without this link, the correction goes and no account is made.
mail-notices-subject = { $count } news for you in “{ $commons }”
mail-notices-lead = Here is what is new for you in “{ $commons }”.
mail-notices-more = { $count ->
    [one] And another notice, to read on the site.
   *[other] And { $count } other notices, to read on the site.
}
mail-notices-settings = To choose when these notices are mailed to you:
mail-notices-stop = To get no more of them, without even signing in:
mail-invitation-subject = { $by } invites you to “{ $commons }”
mail-invitation-why = { $by } invites you to join “{ $commons }”, a commons of cards that anyone can read, copy and improve.
mail-invitation-role = Your role there would be: { $role }.
mail-invitation-how = Open this link and confirm: it makes your account. It works once and ends in 7 days.
mail-invitation-not-you = If this invitation means nothing to you, there is nothing to do: without this link, no account is made.
mail-try-out-subject = Your report: { $title }
mail-try-out-why = Somebody, probably you, told on { $commons } that they tried “{ $title }”.
mail-try-out-confirm = To confirm this report, open this link within { $days } days:
mail-try-out-own = Your report waits to be read. This link leads back to it:
mail-try-out-keep = Keep this letter: the same link lets you complete, correct or withdraw the report.
mail-try-out-not-you = It was not you? Do nothing: without confirmation, everything is erased.
mail-try-out-answer-subject = Your report: { $title }
mail-try-out-asked = Whoever read your report “{ $title }” asks you:
mail-try-out-declined = Your report “{ $title }” will not be published. Here is why:
mail-try-out-proposed = Your report “{ $title }” is accepted. Others still have to review it, here:
mail-try-out-published = Your report “{ $title }” is published. Thank you! It is here:
mail-try-out-your-link = The link in our first letter still leads to your report.
