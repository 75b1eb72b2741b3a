facts-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
facts-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
facts-days = { $count ->
    [one] one day
   *[other] { $count } days
}
facts-weeks = { $count ->
    [one] one week
   *[other] { $count } weeks
}
facts-months = { $count ->
    [one] one month
   *[other] { $count } months
}
facts-years = { $count ->
    [one] one year
   *[other] { $count } years
}
facts-range = { $min } to { $max }
facts-from = from { $value }
facts-up-to = up to { $value }
facts-or-more = { $value } or more
facts-more-than = more than { $value }
facts-less-than = fewer than { $value }
facts-about = about { $value }
facts-free = free
facts-all-sizes = any size
facts-people = { $count ->
    [0] nobody
    [one] one person
   *[other] { $said } people
}
facts-inhabitants = { $count ->
    [one] { $said } inhabitant
   *[other] { $said } inhabitants
}
facts-person-days = { $count ->
    [one] { $said } person-day
   *[other] { $said } person-days
}
facts-fte = { $said } FTE
facts-per-year = { $amount } a year
facts-per-month = { $amount } a month
facts-period = { $start } – { $end }
facts-since = since { $start }
facts-until = until { $end }
facts-in-year = in { $year }
facts-steps = { $count ->
    [one] one step
   *[other] { $count } steps
}
facts-panels = { $count ->
    [one] one panel
   *[other] { $count } panels
}
facts-state-planned = being prepared
facts-state-running = under way
facts-state-finished = finished
facts-state-stopped = stopped
facts-again-as-is = yes, as it is
facts-again-adapted = yes, with changes
facts-again-no = no
facts-again-unknown = not known yet
facts-independence-lead = by those who led it
facts-independence-participant = by someone who took part
facts-independence-observer = by an observer
facts-independence-evaluator = by an evaluator
facts-label-about = Cards used
facts-label-actors = Actors and resources
facts-label-adaptations = Adaptations
facts-label-again = Would do again?
facts-label-aliases = Former addresses
facts-label-approach = Approach
facts-label-audiences = Audiences
facts-label-audio = Audio
facts-label-authors = Credits
facts-label-axes = Axes of resilience
facts-label-axis = Axis
facts-label-benefits = Benefits
facts-label-challenges = Challenges
facts-label-code = Code
facts-label-competence = Public level in charge
facts-label-conflicting-facts = Conflicting facts
facts-label-consent = Consent
facts-label-cost = Cost
facts-label-cost-eur = Cost
facts-label-data = Data collected
facts-label-date = Date
facts-label-difficulty = Difficulty
facts-label-duration = Duration
facts-label-effect-delay = Visible effects
facts-label-effort-days = Human time
facts-label-end = End
facts-label-facilitators = Facilitation
facts-label-figures = Figures
facts-label-first-step = First step
facts-label-form = Form
facts-label-formats = Formats
facts-label-former-names = Former names
facts-label-funders = Funders
facts-label-funding = Funding
facts-label-guests = With
facts-label-id = Identifier
facts-label-independence = Report written
facts-label-indicators = Indicators
facts-label-initiators = Who can launch it
facts-label-intentions = For
facts-label-interview-duration = Length of an interview
facts-label-interviewers = Interviewers
facts-label-kind = Kind of card
facts-label-language = Language
facts-label-lead = Who leads
facts-label-leads = Leads
facts-label-licence = Licence
facts-label-links = Links
facts-label-location = Coordinates
facts-label-marks = Self-evaluation
facts-label-materials = Materials
facts-label-media = Images
facts-label-members = Members
facts-label-mirror = Mirror
facts-label-mode = Form
facts-label-nature = Nature
facts-label-objective = Objective
facts-label-obstacles = Obstacles
facts-label-opening-question = Opening question
facts-label-orientation = Orientation
facts-label-panels = Panels
facts-label-part-of = Part of
facts-label-participants = Participants
facts-label-participation = Level of participation
facts-label-partners = Partners
facts-label-parts = Tools it is made of
facts-label-period = When
facts-label-places = Places
facts-label-population = Population
facts-label-population-range = Size of commune
facts-label-population-year = Year of the population
facts-label-preparation = Preparation
facts-label-programmes = Programmes
facts-label-question = Question
facts-label-regulation = Regulation
facts-label-review-by = Read again before
facts-label-roles = Roles
facts-label-satisfactions = What went well
facts-label-scales = Scales
facts-label-short-name = Short name
facts-label-skill = Skill
facts-label-sources = Sources
facts-label-staff = Team
facts-label-stages = Stages
facts-label-start = Start
facts-label-state = State
facts-label-status = Status
facts-label-steps = Steps
facts-label-summary = Summary
facts-label-surprises = Surprises
facts-label-asked = Questions it answers
facts-label-tags = Keywords
facts-label-territories = Territories
facts-label-testimonies = Testimonies
facts-label-tips = Tips
facts-label-title = Title
facts-label-topics = Topics
facts-label-total-time = Total time
facts-label-translation-of = Translation of
facts-label-vintage = Vintage
facts-label-website = Website
facts-labelled = { $label }: { $value }
facts-word-active = active
facts-word-to-review = to review
facts-word-archived = archived
facts-word-author = writing
facts-word-adaptation = adaptation
facts-word-translation = translation
facts-word-review = review
facts-word-illustration = illustration
facts-word-testing = testing
facts-word-coordination = coordination
facts-word-adapted-from = adapted from
facts-word-translated-from = translated from
facts-word-inspired-by = inspired by
facts-word-quoted = quoted
facts-word-further-reading = further reading
facts-word-before = before
facts-word-after = after
facts-word-alternative = instead
facts-word-variant-of = variant of
facts-word-part-of = part of
facts-word-uses = uses
facts-word-illustrates = illustrates
facts-word-replaces = replaces
facts-word-close-to = close to
facts-word-planned = planned
facts-word-running = under way
facts-word-finished = finished
facts-word-stopped = stopped
facts-word-observed = observed
facts-word-estimated = estimated
facts-word-as-is = as it is
facts-word-adapted = with changes
facts-word-no = no
facts-word-unknown = not known
facts-word-lead = lead
facts-word-participant = participant
facts-word-observer = observer
facts-word-evaluator = evaluator
facts-word-total = in all
facts-word-year = a year
facts-word-month = a month
facts-label-to = Card
facts-label-relation = Relation
facts-label-usage = Usage
facts-label-url = Address
facts-label-changes = Changes
facts-label-item = Item
facts-label-quantity = Quantity
facts-label-name = Name
facts-label-organisation = Organisation
facts-label-role = Role
facts-label-cards = Cards
facts-label-options = Optional
facts-label-aim = Aim
facts-label-deliverable = At the end
facts-label-go-on-when = Go on when
facts-label-value = Value
facts-label-unit = Unit
facts-label-label = What it counts
facts-label-source = Source
facts-label-note = Note
facts-label-text = Text
facts-label-card = Card
facts-label-section = Section
facts-label-alt = Description
facts-label-credit = Credit
facts-label-count = Count
facts-label-amount-eur = Amount (€)
facts-label-per = Period
facts-label-includes = Includes
facts-label-checked-on = Checked on
facts-label-fte = FTE
facts-label-people = People
facts-label-days = Days
