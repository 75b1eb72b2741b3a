# Proposals: the list, one proposal, what is done there.
proposals-title = Proposals
proposals-lead = Each proposed change is read here by others before it is published.
proposals-lists = Lists of proposals
proposals-list-open = To review
proposals-list-waiting = Waiting for me
proposals-list-mine = Mine
proposals-list-closed = Closed
proposals-kind = Kind of card
proposals-kind-every = Every kind
proposals-kind-do = Filter
proposals-empty-open = Nothing waits for a review
proposals-empty-open-text = A typo, a detail, news from the ground: any card can be completed. Open one, then choose “Propose a change”.
proposals-empty-waiting = Nothing waits for you
proposals-empty-waiting-text = You have answered everything. Proposals that others have yet to review can still be seen.
proposals-empty-mine = You have proposed nothing yet
proposals-empty-mine-text = A typo is a good start. Open a card, then choose “Propose a change”.
proposals-empty-closed = No proposal is closed
proposals-empty-closed-text = Those that are published, declined or withdrawn will stay readable here, with the reasons.
proposals-empty-kind = No proposal for this kind of card
proposals-empty-every-kind = See every kind
proposals-empty-find = Search for a card
proposals-empty-write = Write a card
proposals-empty-see-open = See all that is to review
proposals-size = { $count ->
    [0] no word changed
    [one] { $count } word changed
   *[other] { $count } words changed
}
proposals-others = { $count ->
    [one] and another card
   *[other] and { $count } other cards
}
proposals-does-created = { $count ->
    [one] new card
   *[other] { $count } new cards
}
proposals-does-changed = { $count ->
    [one] change
   *[other] { $count } changes
}
proposals-does-renamed = { $count ->
    [one] change of address
   *[other] { $count } changes of address
}
proposals-does-archived = { $count ->
    [one] archiving
   *[other] { $count } archivings
}
proposals-does-restored = { $count ->
    [one] return from the archive
   *[other] { $count } returns from the archive
}
proposals-mark-held = Not visible to everyone yet
proposals-mark-asked = Changes asked
proposals-mark-conflict = Texts to join
proposals-mark-blocked = To mend
proposals-mark-outdated = Card changed since
proposals-mark-ready = Ready
proposals-age-now = just now
proposals-age-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
proposals-age-hours = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
}
proposals-age-days = { $count ->
    [one] a day ago
   *[other] { $count } days ago
}
proposals-age-weeks = { $count } weeks ago
proposals-age-months = { $count } months ago
proposals-age-years = { $count } years ago
proposals-someone-gone = Deleted account
proposals-and = { $first } and { $last }
proposals-need-approvals = { $has ->
    [0] No approval of { $asked }
    [one] { $has } approval of { $asked }
   *[other] { $has } approvals of { $asked }
}
proposals-need-from = from { $count } organisations
proposals-need-from-asked = from { $count } organisations needed
proposals-need-met = That is what it takes.
proposals-need-more = { $count ->
    [one] One approval is missing.
   *[other] { $count } approvals are missing.
}
proposals-need-more-among = { $count } approvals are missing, from at least { $organisations } organisations.
proposals-need-more-other = { $count ->
    [one] One approval is missing, from another organisation.
   *[other] { $count } approvals are missing, { $organisations } of them from another organisation.
}
proposals-need-other = { $count ->
    [one] An approval from another organisation is missing.
   *[other] Approvals from { $count } other organisations are missing.
}
proposals-need-rule = Rule “{ $rule }”
proposals-standing-enough = It has its approvals
proposals-standing-ungoverned = No rule of the commons speaks of it
proposals-page-title = Proposal { $number }: { $title }
proposals-number = Proposal { $number }
proposals-by = by
proposals-with = with { $names }
proposals-revised = new version
proposals-state-open = In review
proposals-state-published = Published
proposals-state-declined = Declined
proposals-state-withdrawn = Withdrawn
proposals-outcome-published = This proposal is published
proposals-outcome-published-by = Published by { $name }
proposals-outcome-declined = This proposal was declined
proposals-outcome-declined-by = Declined by { $name }
proposals-outcome-withdrawn = This proposal was withdrawn
proposals-outcome-withdrawn-by = Withdrawn by { $name }
proposals-outcome-read = Read “{ $title }”
proposals-where = Where it stands
proposals-check-clean = Nothing else changed since in the same places.
proposals-check-joined = These cards changed since; both changes will join by themselves.
proposals-check-conflict = Since then, other words were published in the same places of “{ $title }”.
proposals-check-conflict-solve = Join both texts
proposals-check-conflict-who = The person who proposes, or an editor, can join both texts.
proposals-check-invalid = The card cannot be published like this:
proposals-check-exists = Another card is already at this address: choose another one.
proposals-check-missing = The card is no longer at the address where it was changed.
proposals-check-unacceptable = This proposal cannot be published as it is.
proposals-check-asked = { $count ->
    [one] { $names } asks for a change.
   *[other] { $names } ask for a change.
}
proposals-check-ungoverned = No rule of the commons says who may approve a change of { $file }.
proposals-changes = What changes
proposals-card-read = Read the published card
proposals-card-revise = Change the proposal
proposals-card-moved = Address:
proposals-new-fields = Its details: duration, topics, credits…
proposals-card-same-text = The text of the card does not change.
proposals-card-same = Nothing visible changes in this card.
proposals-source-of = Source file of “{ $title }”
proposals-fields-of = At the head of “{ $title }”
proposals-discussion = Discussion
proposals-discussion-none = Nobody has remarked on it yet.
proposals-remark-whole = A remark on the whole
proposals-remark-do = Send the remark
proposals-remark-paragraph = Comment on this paragraph
proposals-remark-paragraph-which = : “{ $text }”
proposals-remark-paragraph-label = Your remark on this paragraph
proposals-remark-needs-words = Write your remark.
proposals-answer = Answer
proposals-answer-label = Your answer
proposals-answer-do = Send the answer
proposals-thread-settle = This is settled
proposals-thread-reopen = Open again
proposals-thread-settled = settled { $age }
proposals-thread-summary = { $count ->
    [one] “{ $text }”
   *[other] “{ $text }”, { $count } remarks
}
proposals-thread-gone = On a passage that is no longer there:
proposals-on-version = on version { $number }
proposals-reviews = Reviews
proposals-verdict-approve = Approves
proposals-verdict-ask-changes = Asks for a change
proposals-stale-revision = No longer counts: the proposal changed since.
proposals-stale-base = No longer counts: the proposal was joined with another published version.
proposals-stale-rules = No longer counts: the rules of the commons changed since.
proposals-stale-suspended = No longer counts: this account is suspended.
proposals-stale-role = No longer counts: this person is no longer an editor.
proposals-stale-author = Does not count: this person wrote part of the proposal.
proposals-stale-replaced = Replaced by a later opinion of the same person.
proposals-decide = What you can do
proposals-sign-in = Sign in to comment or review. A link sent by e-mail is enough.
proposals-reviewed-approve = You approved this version { $age }. You can change your mind.
proposals-reviewed-ask-changes = You asked for a change { $age }. You can change your mind.
proposals-review-words = Your review
proposals-review-words-hint = Optional when you approve; when you ask for a change, say which.
proposals-review-needs-words = Say which change you ask for.
proposals-review-approve = Approve
proposals-review-ask-changes = Ask for a change
proposals-publish-ready = It has its approvals: you can publish it. The card will be credited to the person who proposes.
proposals-publish-joined = It has its approvals. When you publish it, the proposal will be joined with what changed since.
proposals-publish-alone = The rules of the commons let you publish without waiting for the missing approvals.
proposals-publish-do = Publish
proposals-publish-blocked = It cannot be published yet: see “Where it stands”.
proposals-publish-by-editors = It has its approvals: an editor can publish it.
proposals-decline = Decline this proposal
proposals-decline-words = Why decline it?
proposals-decline-words-hint = The person who proposes will read this reason, and it will stay visible here.
proposals-decline-needs-words = Say why you decline.
proposals-decline-do = Decline
proposals-withdraw = Withdraw this proposal
proposals-withdraw-words = Why withdraw it?
proposals-withdraw-words-hint = One sentence is enough. The proposal will stay readable, unpublished.
proposals-withdraw-needs-words = Say why you withdraw the proposal.
proposals-withdraw-do = Withdraw
proposals-refused = You cannot review this proposal.
proposals-refused-own = You wrote this proposal: someone else has to review it.
proposals-refused-role = Reviewing and publishing are for editors. You can make a remark.
proposals-refused-suspended = Your account is suspended.
proposals-refused-scope = This token does not allow that.
proposals-refused-not-reviewed = Approvals are still missing.
proposals-versions = Versions of the proposal
proposals-version = Version { $number }
proposals-version-present = the one you are reading
proposals-signed-out = Your session has ended. Nothing that you wrote is lost: sign in in another tab, then try again.
proposals-kept = What you had written
proposals-outdated = The proposal changed while you were reading. Read it again, then send again: what you wrote is still here.
proposals-outdated-revision = { $version }, by { $author }
proposals-closed-published = This proposal has just been published.
proposals-closed-declined = This proposal was declined.
proposals-closed-withdrawn = This proposal was withdrawn.
proposals-not-enough = Approvals are still missing before it can be published.
proposals-nothing = This text is the one that is published already: there is nothing to propose.
proposals-needs-words = A few words are needed.
proposals-conflicting = Other words were published in the same places. Both texts must be joined before it can be published.
proposals-next-desk = See the proposals
proposals-next-proposal = Back to the proposal
proposals-done-envoyee = Your proposal is sent. Thank you! You will get a notice once somebody has read it.
proposals-done-confirmee = Thank you! Your correction now waits to be read. A letter will tell you what becomes of it; to answer here, sign in with the same address.
proposals-done-revisee = The new version is sent, to be reviewed.
proposals-done-acceptee = You approved this proposal.
proposals-done-demandee = Your request is sent.
proposals-done-publiee = It is published. Thank you!
proposals-done-refusee = The proposal is declined; the reason can be read.
proposals-done-retiree = The proposal is withdrawn.
proposals-done-reunies = Both texts are joined in a new version, to be reviewed.
proposals-conflict-page-lead = While this proposal was waiting, someone published other words in the same places. Nothing is lost: choose for each place, or write a version that joins both. The rest is joined already.
proposals-conflict-mine = Proposed text
proposals-conflict-keep-mine = The proposed text
proposals-conflict-keep-both = Both, what is published, then what is proposed
proposals-conflict-do = Keep these choices in the proposal
proposals-conflict-back = Back to the proposal
proposals-conflict-whole = The whole proposed text
proposals-conflict-whole-label = As it is proposed, to copy it if needed
proposals-conflict-message = Joins the proposal and what was published meanwhile
proposals-conflict-outdated = Someone changed the proposal while you were choosing. Your choices are still on this page; open the proposal in another tab to see what changed.
proposals-of-card = For the card
proposals-order = Order
proposals-order-usual = usual
proposals-order-anciennes = oldest first
proposals-order-recentes = newest first
proposals-order-petites = shortest first
proposals-order-grandes = longest first
proposals-only = Show
proposals-only-all = all
proposals-only-a-reunir = those to join or to mend
proposals-only-pretes = those that are ready
proposals-held-moderator = This proposal comes from somebody new here: only they and the moderators see it. Reviewing it or making it visible opens it to everyone.
proposals-held-author = This proposal is not visible to everyone yet: a moderator looks at it first.
proposals-held-closed = This proposal is visible only to its authors and the moderators.
proposals-done-montree = The proposal is visible to everyone.
proposals-words = Words to find
proposals-looked-through = These words were looked for in the first { $count } proposals of this list. A kind of card or another order gives others.
proposals-empty-words = No proposal of this list holds all these words
proposals-empty-words-closed = Search the closed ones
proposals-empty-words-open = Search those to review
proposals-empty-words-all = See the whole list
