# Formulas: what a check finds and what to do, why there is no value, what types are called.
# Keys follow the code: units_differ is said by formula-units-differ, its remedy by formula-units-differ-remedy.

formula-empty = There is no formula.
formula-empty-remedy = Write what is to be calculated, such as gdp / population.
formula-too-long = The formula is too long; it may have { $most } characters.
formula-too-long-remedy = Define parts of it as indicators or names and refer to them here.
formula-too-deep = Too many parts within parts; { $most } levels are allowed.
formula-too-deep-remedy = Define the inner part as a name, or use functions such as sum(…), any(…), all(…).
formula-unexpected-sign = This sign or word has no place here.
formula-unexpected-sign-remedy = Remove it, or complete what stands around it.
formula-unclosed-quote = The quotation has no end.
formula-unclosed-quote-remedy = Put the closing mark at the end of the text.
formula-unclosed-bracket = The bracket is not closed.
formula-unclosed-bracket-remedy = Put the closing bracket.
formula-missing-operand = Something to calculate with is missing here.
formula-missing-operand-remedy = Write a name, a number or a bracket here, or remove the operator.
formula-missing-operator = There is no operator between the two.
formula-missing-operator-remedy = Write +, -, *, /, a comparison, and, or between them; the Chinese 且, 或, 那么, 否则 need blanks around them.
formula-incomplete-if = The condition is incomplete; it reads if condition then a else b.
formula-incomplete-if-remedy = Add both then and else.
formula-chained-comparison = Comparisons can't be chained.
formula-chained-comparison-remedy = Write two comparisons, such as a < b and b < c, or between(b, a, c).
formula-number-too-long = The number is too long; 28 digits are allowed.
formula-number-too-long-remedy = Use a larger unit, such as 亿元.
formula-bad-date = There is no day or period “{ $text }”.
formula-bad-date-remedy = Write 2026-01-01 or 2026年1月1日, and periods as 2026, 2026-Q1 or 2026-03.
formula-unknown-name = Nothing is called “{ $name }”.
formula-unknown-name-remedy =
    { $nearest ->
        [none] Check the spelling, or declare the name first; names with blanks or signs are written 「name」.
       *[other] Is “{ $nearest }” meant? Otherwise declare the name first.
    }
formula-unknown-function = There is no function “{ $name }”.
formula-unknown-function-remedy =
    { $nearest ->
        [none] Choose one of the table of functions.
       *[other] Is { $nearest } meant?
    }
formula-unknown-field = There is no field “{ $field }”.
formula-unknown-field-remedy =
    { $nearest ->
        [none] Check the name of the field.
       *[other] Is “{ $nearest }” meant?
    }
formula-unknown-unit = The unit “{ $unit }” is not known.
formula-unknown-unit-remedy = Use a common unit, such as 万元, 公顷, 人; or write an operator if two things are to be calculated.
formula-unknown-type = The type “{ $text }” is not known.
formula-unknown-type-remedy = The types are number, ratio, 百分点, yesno, date, instant, period, text, choice, list, record, series.
formula-unknown-choice = The choices have no “{ $code }”.
formula-unknown-choice-remedy = The choices are: { $known }.
formula-wrong-argument-count = { $function } takes { $least } to { $most } things in its brackets; there are { $given }.
formula-wrong-argument-count-remedy = Add or remove what stands in the brackets; commas separate.
formula-wrong-type = A { $wanted } is wanted here; this is a { $found }.
formula-wrong-type-remedy = Use a { $wanted }; turn a span into a number by days(…) or months(…), a moment into a date by date_of(…), a list into one value by sum(…) or count(…).
formula-types-differ = A { $left } and a { $right } can't be calculated or compared with each other.
formula-types-differ-remedy = Use things of one type.
formula-branches-differ = The two results of the condition differ in type: { $left }, { $right }.
formula-branches-differ-remedy = Let then and else give the same type and dimension.
formula-not-ordered = A { $left } is neither larger nor smaller.
formula-not-ordered-remedy = Compare with = or != only; declare a choice with its order if it is to be larger or smaller.
formula-units-differ = The units differ: { $left } can't be added to, subtracted from or compared with { $right }.
formula-units-differ-remedy = Use one dimension, or divide first to a rate or a value per head and compare that.
formula-unit-missing = The unit is missing; the number needs one such as “{ $unit }”.
formula-unit-missing-remedy = Write the unit behind the number, such as 500 { $unit }.
formula-sum-of-rates = Rates can't be added: { $left }, { $right }.
formula-sum-of-rates-remedy = Add numerators and denominators first and then divide; a change of a rate is written in percentage points, such as + 2 百分点.
formula-mean-of-rates = Rates have no plain mean.
formula-mean-of-rates-remedy = Divide the totals, or use weighted_mean(r, w).
formula-points-and-rates = Percentage points can't be mixed with rates or numbers: { $left }, { $right }.
formula-points-and-rates-remedy = Percentage points are compared with percentage points or move a rate; write 0.5 百分点, or the difference of two rates.
formula-mixed-prices = The price bases differ: { $left } and { $right }.
formula-mixed-prices-remedy = Bring both to one basis first by deflate(x, i) with the price index i or reflate(…).
formula-mixed-period-kinds = Values of the period and of the year so far can't be mixed: { $left } and { $right }.
formula-mixed-period-kinds-remedy = Use cumulative(…) or discrete(…) first.
formula-mixed-frequencies = The frequencies differ: { $left } and { $right }.
formula-mixed-frequencies-remedy = Bring both to one frequency first, such as by cumulative(…) or moving_sum(…).
formula-spans-do-not-convert = Days, working days and months don't convert: { $left } and { $right }.
formula-spans-do-not-convert-remedy = Count from a day, such as since(d) >= 2 年, or use one kind of span.
formula-not-a-series = { $function } needs a series that changes with the period; there is none here.
formula-not-a-series-remedy = Declare the name as a series; growth between two numbers is growth(x, y), the base last.
formula-not-additive-in-time = { $function } can't be used on values at the end of periods: they don't add up.
formula-not-additive-in-time-remedy = Take the value at the end, or the mean by moving(…).
formula-not-additive-over-areas = The values of areas don't add up.
formula-not-additive-over-areas-remedy = Add numerators and denominators over the areas first and then divide.
formula-constant-wanted = A whole number from { $least } to { $most } must be written here.
formula-constant-wanted-remedy = Write the figure itself, such as round(x, 2).
formula-nested-too-deep = Sums within sums within sums; { $most } levels are allowed.
formula-nested-too-deep-remedy = Define the inner sum as a field or a name first.
formula-too-costly = Too much work: up to { $cost } steps, { $most } are allowed.
formula-too-costly-remedy = Declare the bound of the list (max), or leave out sums within sums.

formula-why-no-value = There is no value of “{ $subject }”.
formula-why-not-asked = “{ $subject }” has not been asked yet.
formula-why-blank = “{ $subject }” was left blank.
formula-why-no-row = There are no data of this period and area: { $subject }.
formula-why-division-by-zero = Something is divided by zero.
formula-why-overflow = The result needs more than 28 digits.
formula-why-empty = There are no values to calculate with.
formula-why-base-not-positive = The base is negative; there is no growth from it.
formula-why-no-today = Nobody said which day it is.
formula-why-no-period = Nobody said which period is meant, or there is none such.
formula-why-no-area = Nobody said which area is meant, or it has no parts.
formula-why-date-out-of-range = There is no such day, or it lies out of range.
formula-why-bad-argument = The function can't work with this value.
formula-why-spans-do-not-convert = Days, working days and months don't convert.
formula-why-wrong-kind = The value of “{ $subject }” doesn't fit its declared type or unit.

formula-word-number = number
formula-word-ratio = rate
formula-word-points = number of percentage points
formula-word-yesno = yes or no
formula-word-date = date
formula-word-instant = moment
formula-word-span = span of time
formula-word-period = period
formula-word-text = text
formula-word-choice = choice
formula-word-list = list
formula-word-record = record
formula-word-series = series
formula-word-unknown = unknown
formula-word-current = current prices
formula-word-constant = constant prices
formula-word-stock = value at the end
formula-word-flow = value of the period
formula-word-cumulative = value of the year so far
formula-word-years = several years
formula-word-year = year
formula-word-half = half-year
formula-word-months = several months
formula-word-quarter = quarter
formula-word-month = month
formula-word-tenday = ten days
formula-word-week = week
formula-word-day = day

formula-line-no-text = Line { $line } has no text, or it is no string. Write the formula in text, such as { $sample }.
formula-line-bad-names = In line { $line } { $key } can't be understood ({ $problem }). Write { $sample }.

# A formula said as a sentence: $a, $b, $c are its parts, said already; a part that is left out is none.

formula-say-yes = yes
formula-say-no = no
formula-say-today = today
formula-say-comma = ,{" "}
formula-say-bracket = ({ $a })
formula-say-list = one of { $a }
formula-say-field = the { $b } of { $a }
formula-say-where = { $b } where { $a }
formula-say-negate = minus { $a }
formula-say-not = not { $a }
formula-say-or = { $a } or { $b }
formula-say-and = { $a } and { $b }
formula-say-in = { $a } is { $b }
formula-say-add = { $a } plus { $b }
formula-say-subtract = { $a } minus { $b }
formula-say-multiply = { $a } times { $b }
formula-say-divide = { $a } divided by { $b }
formula-say-equal = { $a } equals { $b }
formula-say-unequal = { $a } differs from { $b }
formula-say-less = { $a } is less than { $b }
formula-say-at-most = { $a } is at most { $b }
formula-say-greater = { $a } is greater than { $b }
formula-say-at-least = { $a } is at least { $b }
formula-say-if = { $b } if { $a }, otherwise { $c }
formula-say-known = { $a } is known
formula-say-missing = { $a } was left blank
formula-say-default = { $a } ({ $b } where it was left blank)
formula-say-abs = the absolute value of { $a }
formula-say-round =
    { $b ->
        [none] { $a } rounded to a whole number
       *[other] { $a } rounded to { $b } decimals
    }
formula-say-floor = { $a } rounded down to a whole number
formula-say-ceil = { $a } rounded up to a whole number
formula-say-clamp = { $a } (at least { $b }, at most { $c })
formula-say-between = { $a } lies between { $b } and { $c }
formula-say-power = { $a } to the power of { $b }
formula-say-share = the share of { $a } in { $b }
formula-say-per-head = { $a } per unit of { $b }
formula-say-growth = the growth of { $a } on { $b }
formula-say-average-growth = the average annual growth from { $a } to { $b } ({ $c })
formula-say-index = the index of { $a } with { $b } as 100
formula-say-deflate = { $a } at constant prices by the price index { $b }
formula-say-reflate = { $a } at current prices by the price index { $b }
formula-say-weighted-mean = the mean of { $a } weighted by { $b }
formula-say-since = the time since { $a }
formula-say-days =
    { $b ->
        [none] the days of { $a }
       *[other] the days from { $a } to { $b }
    }
formula-say-working-days =
    { $b ->
        [none] the working days of { $a }
       *[other] the working days from { $a } to { $b }
    }
formula-say-months =
    { $b ->
        [none] the whole months of { $a }
       *[other] the whole months from { $a } to { $b }
    }
formula-say-years =
    { $b ->
        [none] the whole years of { $a }
       *[other] the whole years from { $a } to { $b }
    }
formula-say-year = the year of { $a }
formula-say-month = the month of { $a }
formula-say-day = the day of the month of { $a }
formula-say-date = the date of year { $a }, month { $b }, day { $c }
formula-say-date-of = the date of { $a }
formula-say-next-workday = { $a }, or the next working day
formula-say-contains-any = { $a } contains { $b }
formula-say-contains = { $a } contains { $b }
formula-say-starts-with = { $a } starts with { $b }
formula-say-ends-with = { $a } ends with { $b }
formula-say-length = the number of characters of { $a }
formula-say-sum = the sum of { $a }
formula-say-mean = the mean of { $a }
formula-say-min = the smallest of { $a }
formula-say-max = the largest of { $a }
formula-say-count = the number of { $a }
formula-say-any = at least one of { $a } holds
formula-say-all = all of { $a } hold
formula-say-yoy = the growth of { $a } on the year before
formula-say-mom = the growth of { $a } on the period before
formula-say-cumulative = { $a } of the year so far
formula-say-discrete = { $a } within the period
formula-say-shift = { $a } ({ $b } before)
formula-say-moving = the mean of { $a } over the last { $b } periods
formula-say-moving-sum = the sum of { $a } over the last { $b } periods
formula-say-over-areas = the sum of { $a } over the areas within
formula-say-at = { $a } of { $b }
