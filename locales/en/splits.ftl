# Why a target can't be split. Keys are the codes; -next is the next step.

split-no-years = There is no year to split to from { $from } to { $to }.
split-no-years-next = The first year must come before the target's; with a baseline it is the baseline's year.
split-too-many-years = From { $from } to { $to } are more than { $most } years.
split-too-many-years-next = Check both years.
split-too-many-decimals = { $decimals } decimals were asked for; the most are { $most }.
split-too-many-decimals-next = Ask for fewer decimals.
split-weights-missing = The rule { $rule } needs weights, one a year, { $years } in all.
split-weights-missing-next = Give the weights, or take linear, front or back.
split-weights-count = There are { $given } weights for { $years } years.
split-weights-count-next = Give one weight for each year.
split-negative-weight = Weight { $number } is { $weight }; a share is never negative.
split-negative-weight-next = Make it zero or more; for a path that first turns back give the very steps with custom, which add up to the whole way.
split-weights-of-nothing = The weights add up to nothing.
split-weights-of-nothing-next = Give at least one year a positive weight.
split-weights-do-not-add-up = The weights add up to { $sum }, neither to 1 nor to 100 nor to { $way }, which is to be split.
split-weights-do-not-add-up-next = Fill the difference, or take share, which makes them proportions.
split-baseline-missing = Compound growth needs a baseline.
split-baseline-missing-next = Give the baseline, or take another rule.
split-growth-through-zero = No growth rate leads from { $baseline } to { $target }.
split-growth-through-zero-next = Take linear or another rule.
split-growth-changes-sign = No growth rate leads from { $baseline } to { $target }, across zero.
split-growth-changes-sign-next = Take linear or another rule.
split-too-few-decimals = Rounded to { $decimals } decimals the path turns back, or the remainder stands against the total.
split-too-few-decimals-next = Ask for { $enough } decimals.
split-too-large = A figure has more than 28 digits and can't be worked out exactly.
split-too-large-next = Use a larger unit.
split-no-such-year = { $year } isn't one of the years from { $first } to { $last }.
split-no-such-year-next = Choose one of them.
split-out-of-the-way = { $value } in { $year } lies outside { $low } to { $high }, so the other years could only turn back.
split-out-of-the-way-next = Choose a value within, or change the end target first.
split-undivided = The market decides this indicator; it is marked as not to be split.
split-undivided-next = Take the mark away first and say why.
split-no-units = There is no area or department to split to.
split-no-units-next = List the units that carry the target.
split-unit-twice = { $unit } stands there twice.
split-unit-twice-next = Remove one of the two.
split-unit-without = { $unit } has no { $what ->
    [base] base
    [weight] weight
   *[part] part
}.
split-unit-without-next = Give it, or take a rule that doesn't need it.
split-floors-above-target = The floors of { $units } alone add up to { $sum }, more than the target { $target }.
split-floors-above-target-next = Raise the target, lower the floor of one of them, or split by base.
split-parts-do-not-add-up = The parts add up to { $sum }, not to { $target }.
split-parts-do-not-add-up-next = Fill the difference, or split by share.
