# Plans: reader, register, review desk, editions and publication.

kind-indicator = Indicator
kind-target = Target
kind-task = Task
kind-policy = Policy
kind-rule = Rule
kind-project = Project
kind-mechanism = Mechanism
kind-responsibility = Responsibility
doubt = Doubt
doubts = Doubts
doubt-count_mismatch = count differs
doubt-arithmetic = arithmetic
doubt-duplicate = duplicate
doubt-status_conflict = status conflict
doubt-name_variant = two names
doubt-text_defect = text defect
doubt-ambiguous = ambiguous
doubt-missing_table = table missing
doubt-unknown_unit = unknown unit
doubt-contradiction = contradiction
doubt-not_a_plan = no plan
doubt-sentence-count_mismatch = The number stated differs from the number listed
doubt-sentence-arithmetic = The figures do not add up
doubt-sentence-duplicate = The same item appears more than once
doubt-sentence-status_conflict = The status of one project differs between places
doubt-sentence-name_variant = One object may have two names
doubt-sentence-text_defect = The text seems to lack or misplace characters
doubt-sentence-ambiguous = The sentence can be read in several ways
doubt-sentence-missing_table = A table that the text promises was not found
doubt-sentence-unknown_unit = The organisation is not in the list of known ones
doubt-sentence-contradiction = It contradicts another clause
doubt-sentence-not_a_plan = This text does not look like a plan
open-doubts = Open doubts
doubts-count = { $count ->
    [one] { $count } doubt
   *[other] { $count } doubts
}
settled = Settled
standing-proposed = Proposal
standing-accepted = Accepted
standing-changed = Changed
standing-added = Added by hand
standing-doubted = Kept as doubt
standing-rejected = Rejected
standing-divided = Split
standing-in_force = All accepted
standings = Counts
standing-counts = *{ $total }* commitments: *{ $accepted }* accepted, *{ $proposed }* pending
stage-in_review = In review
stage-approved = Approved
stage-published = Published
stage-withdrawn = Withdrawn
certainty-sure = confident
certainty-likely = fairly confident
certainty-unsure = unsure
certainty-unsure-legend = unsure, look at each
confidence = Confidence
direction-up = rises
direction-down = falls
direction-keep = holds
comparator-eq = equals
comparator-ge = at least
comparator-gt = above
comparator-le = at most
comparator-lt = below
comparator-about = about
comparator-up_to_rank = rank within
until = by { $deadline }
date-year = { $year }
date-years = { $from }–{ $to }
date-month = { $year }-{ $month }
date-day = { $year }-{ $month }-{ $day }
date-other = { $text }
previous-one = Previous
next-one = Next
open-this = Open this clause
deadline-ongoing = ongoing
deadline-yearly = every year
not-named = not named
not-written = not stated
edition-of-text = Edition { $number }
edition-size = { $chars } characters, { $clauses } clauses
plans-count = { $count ->
    [one] { $count } plan
   *[other] { $count } plans
}
no-plans = There is no plan yet
no-plans-next = Minutes after a plan's text is imported you read it clause by clause. Drop the file on the import page.
see-plans = See the plans
read-text = Read the text
open-register = Open the register
review-proposals = Review proposals
public-page = Public page

coverage = Coverage of commitments
coverage-owner = Owner
coverage-measure = Measure
coverage-cadence = Cadence
coverage-evidence = Evidence
coverage-counts = { $have } / { $of }
coverage-none = no commitments to count yet
coverage-of-chapter = coverage { $percent }%
coverage-of-proposals = counted over proposals; over accepted ones once approved
commitments = Commitments
commitments-unit = commitments
outline = Outline
sections = Sections before and after
knot-solid = all connected parts present
knot-hollow = still lacking
outline-legend = Bar: coverage. Figure: commitments
plan-root = Outline
preface = Preface
plan-text = Text of the plan
facing = About this clause
raise-sheet = Raise or lower the sheet about this clause
toggle-degree = Degrees
toggle-targets = Targets
toggle-marks = Marks
toggle-doubts = Doubts
print-section = Print section
copy-reference = Copy reference
whole-clause = See the whole clause
no-commitments = No commitment was read here. If one is missing, a reviewer adds it.
add-in-review = Add it
responsibility = Responsibility
lead-unit = Lead
support-unit = Support
deadline = Deadline
first-named-leads = the text names no lead; the first named is assumed
no-responsibility = The text names no responsible organisation; the lead department adds it after approval.
versions = Editions
being-read = being read
same-words = same words
other-words = other words
record = Record
the-compiler = The compiler

register = Register
register-empty = No commitment matches the filters
register-empty-next = Widen or clear the filters.
matching = *{ $count }* match, { $all } in all
filter-kind = Kind
filter-degree = Degree
filter-standing = Standing
filter-certainty = Confidence
filter-chapter = Chapter
filter-lead = Lead
lead-none = not named
with-doubt = With a doubt { $count }
export-excel = Export to Excel
column-ordinal = No.
column-clause = Clause
column-content = Content
column-kind = Kind
column-degree = Degree
column-lead = Lead
column-support = Support
column-deadline = Deadline
column-goal = Target value
column-source = Source
column-standing = Standing

review-desk = Review desk
proposals = Proposals of this clause
proposals-of-edition = { $count ->
    [one] { $count } proposal
   *[other] { $count } proposals
}
proposals-here = Proposals here { $count }
review-decided = *{ $decided }* decided: { $accepted } accepted, { $changed } changed, { $rejected } rejected
review-pending = *{ $pending }* pending
review-doubts = { $count ->
    [one] { $count } doubt
   *[other] { $count } doubts
}
go-approve = Hand over for approval
proposal-number = Proposal { $number }
accept-sure = Accept { $count } confident
accept-sure-chapter = { $count } confident in this chapter
cannot-decide = You can't review now
no-proposals = No proposals in this clause
no-proposals-next = If a commitment is missing, add it below; otherwise go on.
asks-you = Please judge
settle = Record
settle-words = What is to be done about it, in a sentence
add-commitment = Add a commitment
add-hint = Copy a sentence of the text, or write the name of a project, indicator or mechanism; change the rest afterwards.
next-clause = Next clause
clause-counts = { $pending } proposals, { $doubts } doubts
all-decided = Everything is decided
why = Reasons and record
why-sure = Why confident
why-likely = Why fairly confident
why-unsure = Why unsure
why-added = Added by hand
rule-measured = Rule { $rule }, confidence { $confidence }
after-split = After the split
reject-needs-reason = Rejecting needs a reason
reject-reason-1 = Background, no commitment
reject-reason-2 = Repeats another
reject-reason-3 = Sentence cut wrongly
reject-reason-4 = Other, in words
reject-note = Reason; required with 4
review-law = The text is not altered. Every decision is recorded with its author and can be undone until approval; who decided may not approve this edition.
accept = Accept
change = Change
split = Split
split-into = Split into { $count }
split-by-hand = Split by lines
split-by-hand-hint = One a line, at least two, in the plan's words
reject = Reject
keep-doubt = Keep as doubt
decided-already = Decided; it can be changed again, or undone.
form-text = Content
form-kind = Kind
form-attribute = Legal kind
form-degree = Degree
form-goal = Target
form-comparator = Comparison
form-or-range = or range
form-low = Lower bound
form-high = Upper bound
form-unit = unit
form-deadline = Deadline
form-lead = Lead
form-support = Support
deadline-not-written = not stated; write 2025 or 2025-12
owner-not-written = not stated; may stay empty, needed before it takes effect
bulk-preview = Preview of the bulk acceptance
bulk-question = Accept these { $count }?
bulk-scope-clause = Confident proposals of this clause
bulk-scope-chapter = Confident proposals of this chapter
bulk-law = Only confident proposals are listed; those with doubts are not among them. Exactly this list is accepted; if it changes, look again. It can be undone.
back-to-desk = Back to the desk
accept-these = Accept these { $count }

edition-and-publication = Edition and publication
edition-way = How far this edition is
edition-approve = Approval
edition-approve-what = After approval the text and commitments of this edition no longer change; changes need a new edition. Who decided proposals may not approve.
edition-approve-key = Approve this edition
edition-approve-not-yet = Can't be approved yet
edition-publish = Publication
edition-publish-what = Once published, text and accepted commitments can be seen without login. A leader decides, not the approver.
edition-publish-key = Publish this edition
edition-publish-not-yet = Can't be published yet
edition-withdraw = Withdrawal
edition-withdraw-what = The public page no longer shows this edition; what was approved stays as it is and can be published again.
edition-withdraw-key = Withdraw this edition
edition-withdraw-not-yet = Can't be withdrawn
publish-shows = Will be public
publish-shows-what = { $chars } characters of text, { $commitments } commitments, { $owners } of them with a confirmed owner
publish-hides = Stays inside
publish-hides-what = { $hidden } not accepted, { $doubts } doubts, confidence, unconfirmed owners
reason-required = Reason, required
history = History
no-history = No record yet.
journal-entry = journal { $number }
documents = Source files
outline-text = Text
annex = Annex
file-size = { $kilobytes } KB
compiler = Compiler
lexicon = Lexicon
imported = Imported
people-of-edition = Who decided
reviewers = Review
approver = Approval
separation-law = Review, approval and publication are decided by different people.

record-imported = { $count ->
    [0] { $who } imported this edition
   *[other] { $who } imported this edition: { $count } proposals
}
record-accepted = { $who } accepted no. { $numbers }
record-accepted_in_bulk = { $who } accepted { $count } at once
record-assigned = { $who } named who leads { $count }
record-changed = { $who } changed and accepted no. { $numbers }
record-split = { $who } split no. { $numbers }
record-rejected = { $who } rejected no. { $numbers }
record-added = { $who } added no. { $numbers }
record-doubted = { $who } kept no. { $numbers } as a doubt
record-undone = { $who } undid the decision on no. { $numbers }
record-settled = { $who } settled a doubt
record-approved = { $who } approved this edition
record-published = { $who } published this edition
record-withdrawn = { $who } withdrew this edition
record-was-undone = later undone

# Why a review is refused. Keys follow the codes; -next is the next step.
plan-decide-frozen = This edition is approved and no longer changes.
plan-decide-frozen-next = Changes need a new edition.
plan-decide-no-such-commitment = There is no number { $number }.
plan-decide-no-such-commitment-next = Reload the page and look again.
plan-decide-stands-already = Number { $number } already is { $standing ->
    [proposed] pending
    [accepted] accepted
    [changed] changed and accepted
    [added] added by hand
    [doubted] kept as a doubt
    [rejected] rejected
   *[other] split
}.
plan-decide-stands-already-next = To decide differently, undo it first.
plan-decide-divided = Number { $number } was split.
plan-decide-divided-next = Decide its parts, or undo the split.
plan-decide-decided-meanwhile = Somebody has just decided number { $number }.
plan-decide-decided-meanwhile-next = Look at that decision first.
plan-decide-nothing-changed = Nothing was changed in the form.
plan-decide-nothing-changed-next = Accept it if you agree; otherwise change something.
plan-decide-empty-text = The content is empty.
plan-decide-empty-text-next = Copy a sentence of the text, or write a name.
plan-decide-text-too-long = The content is longer than { $limit } characters.
plan-decide-text-too-long-next = Shorten it, or split it.
plan-decide-range-reversed = The lower bound is above the upper one.
plan-decide-range-reversed-next = Exchange the two.
plan-decide-wrong-number-of-parts = A split has two to fifty parts; this has { $got }.
plan-decide-wrong-number-of-parts-next = Write one a line.
plan-decide-span-outside = These words are not in this clause.
plan-decide-span-outside-next = Use only words of this clause.
plan-decide-no-such-clause = There is no such clause.
plan-decide-no-such-clause-next = Start from the outline.
plan-decide-words-needed = A reason is needed.
plan-decide-words-needed-next = Write a sentence and send it again.
plan-decide-nothing-to-accept = Nothing may be accepted in bulk.
plan-decide-nothing-to-accept-next = Only confident proposals without doubts may; look at the others one by one.
plan-decide-preview-outdated = The preview listed { $seen }, now there are { $now }.
plan-decide-preview-outdated-next = Look at the list again before accepting.
plan-decide-no-such-decision = There is no such decision.
plan-decide-no-such-decision-next = Reload the page and look again.
plan-decide-cannot-be-undone = This decision was undone before.
plan-decide-cannot-be-undone-next = You can decide anew.
plan-decide-not-yours = Somebody else made this decision.
plan-decide-not-yours-next = They undo it, or you make a new one.
plan-decide-decided-since = Something else was decided since.
plan-decide-decided-since-next = Undo the later decision first.
plan-edition-not-in-review = This edition is { $stage ->
    [approved] approved
    [published] published
    [withdrawn] withdrawn
   *[other] not in review
}; it can't be approved again.
plan-edition-not-approved = This edition is { $stage ->
    [in_review] still in review
    [published] published already
   *[other] not approved
}.
plan-edition-not-approved-next = It can be published after approval.
plan-edition-not-published = This edition is not public.
plan-edition-decided-by-you = You decided proposals of this edition, so you can't approve it.
plan-edition-decided-by-you-next = Ask a colleague who took no part in the review.
plan-edition-approved-by-you = You approved this edition, so you can't publish it.
plan-edition-approved-by-you-next = Ask another leader.
plan-edition-not-a-leader = Publication and withdrawal are a leader's decision.
plan-edition-undecided = { $count ->
    [one] One proposal is undecided.
   *[other] { $count } proposals are undecided.
}
plan-edition-undecided-next = Decide them one by one; confident ones can be accepted in bulk.
plan-edition-nothing-in-force = No commitment has been accepted yet.
plan-edition-nothing-in-force-next = Accept some at the review desk.
plan-edition-another-is-public = Edition { $edition } of the same plan is public.
plan-edition-another-is-public-next = Withdraw it first.
plan-edition-reason-needed = A withdrawal needs its reason.

# Signs of the compiler.
sign-short-name = the name is short
sign-in-a-list = stands in a list of its kind
sign-past-word = speaks of what was done
sign-degree-by-default = no degree word; taken as advance
sign-lead-not-said = the text does not say who leads
sign-name-without-suffix = the name lacks the usual suffix

plan-form-no-number = “{ $given }” is no number.
plan-form-no-number-next = Write digits, for example 3.2.
plan-form-no-deadline = “{ $given }” is no deadline.
plan-form-no-deadline-next = Write 2025, 2025-12 or 2025-12-31; ongoing or yearly where it goes on.
plan-form-not-in-clause = These words are not in the text of this clause.
plan-form-not-in-clause-next = Copy the text of the clause exactly.
plan-form-no-verb = It was not said what to do.
plan-form-no-verb-next = Use one of the keys accept, change, split, reject, keep as doubt.

# Words of the register's file.
register-unreviewed = Proposals, not approved
register-column-ordinal = No.
register-column-clause = Clause
register-column-content = Content
register-column-kind = Kind
register-column-degree = Degree
register-column-lead = Lead
register-column-support = Support
register-column-deadline = Deadline
register-column-goal = Target
register-column-source = Source
register-column-doubt-kind = Kind of doubt
register-column-doubt = Doubt
commitment-kind-indicator = Indicator
commitment-kind-target = Target
commitment-kind-task = Task
commitment-kind-policy = Policy
commitment-kind-rule = Rule
commitment-kind-project = Project
commitment-kind-mechanism = Mechanism
attribute-binding = binding
attribute-anticipatory = anticipatory
goal-up = rises
goal-down = falls
goal-keep = holds

sign-among-goals = stands among goals
sign-unit-borrowed = the unit is taken from the figure before
sign-role-unclear = it is not clear what the figure is for
sign-rank-among-places = speaks of a rank among places
sign-period-named = the period is named
sign-no-unit = no unit
sign-no-subject = no subject is named
sign-no-figure = no figure

# Two people at one commitment.
conflict-title = Commitment { $number }: somebody changed it after you opened it
conflict-what = Your decision has not been taken yet
conflict-nothing-lost = What you entered stands below; nothing is lost. Look at what was changed, then decide.
conflict-theirs = What happened meanwhile
conflict-before = Before
conflict-after = After
conflict-no-change = No single change was found: it may have been undone or decided in bulk.
conflict-now = Now:
conflict-mine = What you were about to do
conflict-is-now = Is now
conflict-would-be = Yours
conflict-fields = Field by field
conflict-field = Field
conflict-empty = (empty)
conflict-apply = Apply mine anyway
conflict-take = Take what stands now
conflict-verb-accept = Accept
conflict-verb-change = Accept with changes
conflict-verb-split = Split
conflict-verb-split-by-hand = Split by hand
conflict-verb-doubt = Keep as a doubt
conflict-verb-reject = Reject
conflict-field-standing = Standing
conflict-field-text = Text
conflict-field-kind = Kind
conflict-field-degree = Firmness
conflict-field-lead = Lead
conflict-field-support = Support
conflict-field-deadline = Deadline
conflict-field-goal = Goal
conflict-field-attribute = Nature

compare-title = Editions compared
compare-with-earlier = Compare
compare-old = Old
compare-new = New
compare-key = Compare
compare-kinds = Kinds of change
compare-what = Change
compare-all = All changes
compare-same = Unchanged
compare-moved = Moved
compare-changed = Changed
compare-split = Split
compare-merged = Merged
compare-added = New
compare-dropped = Dropped
compare-ambiguous = To be decided
compare-none = none
compare-single = This plan has one edition only.
compare-single-what = Once a new edition is imported, this page says of every clause whether it stayed, moved, changed, was split, merged, added or dropped, and which figures changed.
compare-import = Import an edition
compare-first = This is the first edition.
compare-first-what = Choose an earlier edition as the old one, or a later one as the new.
compare-nothing = Nothing changed.
compare-nothing-what = Both editions say the same, clause by clause; numbers may differ.

# Who could lead
owner-suggested = Who leads (suggested)
owner-suggested-key = Name the suggested lead unit
owner-assign = Name { $name }
owner-silence-nothing_known = No functions of departments are known and nothing was decided before, so nothing is suggested.
owner-silence-no_words = No department's functions or precedents hold these words, so nothing is suggested.
owner-silence-undecided = Not sure enough to suggest anybody; these units come near, with their reasons.
owner-word-functions = functions
owner-word-example = sample functions
owner-word-decided = { $count ->
    [one] one precedent
   *[other] { $count } precedents
  }
owner-word-both = { $count ->
    [one] functions, one precedent
   *[other] functions, { $count } precedents
  }
assign-chapter = { $count } of this chapter without lead
assign-preview = Naming leads for a chapter: preview
assign-law = Listed is only what has a suggestion, each with its reasons. Only what is ticked is assigned, to exactly the units of this table; if the table changes it must be looked at again. It can be undone, and whether something is a promise is still decided one by one.
assign-chosen = Assign what is ticked
assign-choose = Pick
assign-choose-number = Pick number { $number }
assign-words = Because
assign-nothing = Nothing can be suggested here
assign-nothing-next = Enter lead units at the review desk one by one; the more is decided, the more can be suggested.
assign-silent = { $count } without suggestion
assign-silent-note = Too little speaks for anybody, or several units are equally near: decide them one by one.

# What joining files gave.
record-reconciled = { $who } decided a contradiction, no. { $numbers }
sign-division-row = the units come from a row of the division of work
sign-division-of-clause = the row speaks of the clause, not in so many words of this
table-number = Table { $number }
row-number = row { $number }
owner-from = The units come from
owner-from-row = division of work, row { $number }
joined-title = Joined files
joined-see = See what was joined
joined-single = This edition has one file.
joined-single-what = Drop the text, its annex and the division of work together: they become one edition, and this page lists each file and the clause of each row.
joined-import = Import several files
joined-files = Files
joined-file = File
joined-why = Reason
joined-by-hand = said by a person
joined-unread = not read
joined-conflicts = { $count } contradictions, { $open } undecided
joined-conflicts-what = Two sources differ and stand side by side. Choosing one is a decision of the review: the other is rejected or follows; it can be undone.
joined-conflicts-table = Contradictions
joined-about = About
joined-in-text = Text
joined-in-table = Table
joined-decision = Decision
joined-lead-of = Lead of { $path }
joined-at-desk = Both stand in one commitment; decide at the desk.
joined-text-holds = The text holds
joined-table-holds = The table holds
joined-holds = holds
joined-undecided = undecided
joined-decided = decided
joined-differs-target = Target
joined-differs-baseline = Base value
joined-differs-change = Change
joined-differs-unit = Unit
joined-differs-attribute = Kind
joined-differs-period = Year
joined-differs-lead = Lead
joined-rows = Division of work, { $count } rows
joined-rows-table = Rows of the division of work
joined-states = How rows are joined
joined-all = All
joined-unmatched = no clause
joined-unclear = clause open
joined-flagged = doubtful
joined-beside = not attached
joined-attached = proposed
joined-of-commitment = Source of no. { $number }
joined-place = Source
joined-task = Task
joined-state = Joined
joined-proposed = { $count } proposals, { $open } undecided
joined-decide-here = Review
joined-open = { $count } clauses without a row
joined-open-what = These clauses hold tasks that no row of the division of work takes up.
flag-two_leads = two leads
flag-no_lead = no lead
flag-lead_inferred = lead not said; the first one named is taken
flag-lead_also_support = the same unit leads and supports
flag-unknown_unit = an unknown unit
flag-deadline_before_plan = deadline before the plan
flag-deadline_after_plan = deadline after the plan
flag-deadline_unclear = deadline unclear
flag-no_clause = no clause comes near
flag-ambiguous_clause = several clauses come equally near; choose one
flag-clause_ref_mismatch = the clause it names says something else
flag-figure_differs = a figure differs from the text
flag-name_differs = a name differs from the text
flag-duplicate_row = repeats another row
flag-other = another doubt
