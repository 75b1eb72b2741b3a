added-up-heading = { $count ->
    [one] Tried once
   *[other] Tried { $count } times
}
added-up-heading-planned = Soon to be tried
added-up-planned = In preparation
added-up-count = Reports
added-up-territories = Territories
added-up-level = Level of experience
added-up-level-evaluated = independently evaluated
added-up-state-running = { $count ->
    [one] { $count } running
   *[other] { $count } running
}
added-up-state-finished = { $count ->
    [one] { $count } finished
   *[other] { $count } finished
}
added-up-state-stopped = { $count ->
    [one] { $count } stopped
   *[other] { $count } stopped
}
added-up-state-planned = { $count } in preparation
added-up-all = Read all { $count } reports
added-up-reports = { $count ->
    [one] one report
   *[other] { $count } reports
}
added-up-data = These reports as a list and as data
added-up-places-more = { $count ->
    [one] { $names } and one other
   *[other] { $names } and { $count } others
}
added-up-place = { $name } ({ $population })
added-up-numbers = The same numbers as a table
added-up-measure-duration = Duration
added-up-measure-participants = People
added-up-measure-cost-total = Cost in all
added-up-measure-cost-yearly = Cost per year
added-up-measure-cost-monthly = Cost per month
added-up-measure-staff-fte = Team, in full-time equivalents
added-up-measure-staff-people = Team, in people
added-up-measure-staff-days = Working time
added-up-people = { $count ->
    [one] { $said } person
   *[other] { $said } people
}
added-up-count-days = { $count ->
    [one] { $said } day
   *[other] { $said } days
}
added-up-count-months = { $count ->
    [one] { $said } month
   *[other] { $said } months
}
added-up-count-years = { $count ->
    [one] { $said } year
   *[other] { $said } years
}
added-up-scale-minutes = In minutes.
added-up-scale-hours = In hours.
added-up-scale-days = In days.
added-up-scale-months = In months.
added-up-scale-years = In years.
added-up-scale-people = In people.
added-up-scale-euros = In euros.
added-up-scale-euros-yearly = In euros per year.
added-up-scale-euros-monthly = In euros per month.
added-up-scale-fte = In full-time equivalents.
added-up-scale-person-days = In person-days.
added-up-spread = { $range }, median { $median }
added-up-announced = The card announces { $range }
added-up-below = { $count ->
    [one] one report is below
   *[other] { $count } reports are below
}
added-up-within = { $count ->
    [one] one report is within
   *[other] { $count } reports are within
}
added-up-above = { $count ->
    [one] one report is above
   *[other] { $count } reports are above
}
added-up-estimated-measure = Still running or estimated: { $said }
added-up-planned-measure = Planned: { $said }
added-up-least = Least
added-up-quarter-below = A quarter is below
added-up-median = Median
added-up-quarter-above = A quarter is above
added-up-greatest = Greatest
added-up-key-dot = one report
added-up-key-quartiles = the middle half
added-up-key-announced = what the card announces
added-up-populations = Size of the communes
added-up-populations-of = { $count } territories whose population is known
added-up-see-territories = which
added-up-others = Other figures
added-up-marks = Marks
added-up-marks-how = How many gave each mark, from 1 to 4
added-up-mark-1 = 1, not at all
added-up-mark-4 = 4, fully
added-up-criterion = Criterion
added-up-average = Average
added-up-average-of = { $value } ({ $count } marks)
added-up-again = Would do it again?
added-up-again-of = { $count } answers
added-up-again-unknown = { $count ->
    [one] One answer “doesn’t know yet”
   *[other] { $count } answers “doesn’t know yet”
}
added-up-answer = Answer
added-up-years = Year by year
added-up-years-of = From { $first } to { $last }, by year of beginning
added-up-year = Year
added-up-undated = Without a date
added-up-undated-count = { $count ->
    [one] One report without a date
   *[other] { $count } reports without a date
}
added-up-named-satisfactions = What went well
added-up-named-obstacles = What got in the way
added-up-named-tips = Tips
added-up-named-surprises = Surprises
added-up-all-satisfactions = All { $count } satisfactions
added-up-all-obstacles = All { $count } obstacles
added-up-all-tips = All { $count } tips
added-up-all-surprises = All { $count } surprises
added-up-adaptations = What was adapted
added-up-all-adaptations = All { $count } adaptations
added-up-quoted = “{ $text }”
added-up-aspect-all = All reports
added-up-aspect-measure = { $measure } ({ $nature })
added-up-aspect-again = { $question } { $answer }
added-up-aspect-year = Began in { $year }
added-up-try = I tried it
added-up-version-of = Version of { $day }
