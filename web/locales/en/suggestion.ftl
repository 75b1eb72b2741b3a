# The correction of somebody without an account.
suggestion-sent-title = Look at your mail
suggestion-sent-lead = Your correction is kept. A link is coming to the address that you gave; it serves once, for { $days } days.
suggestion-sent-then = Open it to confirm: your correction will then be read by others, and published under your name. Nothing after a few minutes? Look among the unwanted letters.
suggestion-kept-title = One choice is left
suggestion-kept-lead = While your correction waited, somebody changed the same card in the same places, or its rules. Nothing is lost: your text is kept among your drafts.
suggestion-kept-then = Sign in with the same address, then take it up from your account: both texts will be shown side by side.
suggestion-nothing-title = It is done already
suggestion-nothing-lead = The published card already says what you wanted to correct: there is nothing to read.
suggestion-nothing-then = Thank you for seeing it.
suggestion-see-proposals = See what is proposed
suggestion-confirm-title = Confirm your correction
suggestion-confirm-lead = You suggested a correction of the card “{ $title }”:
suggestion-confirm-name = It will be credited to { $name }, or to the name that your account has if you have one here.
suggestion-confirm-do = Confirm and send for review
suggestion-confirm-account = If this address has no account yet, this button makes one. It does not sign you in.
suggestion-dead-link = This link was used or has ended. If you confirmed your correction, it is among the proposals.
