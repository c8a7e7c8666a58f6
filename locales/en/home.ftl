# My work.

home-waiting = { $count ->
    [one] { $count } thing waits for me
   *[other] { $count } things wait for me
}
home-nothing-waits = Nothing waits for you now
home-nothing-next = New reviews, approvals and publications will be listed here.
waits-for-me = Waits for me
i-wait-for = I wait for
since = since { $since }
commitments-of-my-unit = Commitments of my organisation
unit-register = { $plan }, edition { $number }: { $unit } leads { $count }
plan-changes = Changes to the plans
waiting-review = Review
waiting-review-note = { $count } proposals pending
waiting-review-verb = Review
waiting-approve = Approval
waiting-approve-note = { $count } decided, waits for a second person
waiting-approve-verb = Approve
waiting-publish = Publication
waiting-publish-note = Approved, { $count } commitments; you decide whether it becomes public
waiting-publish-verb = Decide
waiting-import_failed = Import failed
waiting-import_failed-note = { $count ->
    [one] { $count } reason
   *[other] { $count } reasons
}
waiting-import_failed-verb = See why
waiting-import_running = Import running
waiting-import_running-note = { $count } rows written
waiting-import_running-verb = See progress
