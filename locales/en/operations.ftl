# Running: queues, timers, jobs that were given up, faults by number.

section-operations = Running
section-operations-what = Background jobs and timers, jobs that were given up, size of the database and slow statements, faults by number
noun-operations = Running
see-operations = Back to running
operations-at = as of { $at }
operations-look-again = Look again
operations-live-start = Renew every 10 seconds
operations-live = Renewed every { $seconds } seconds,
operations-live-stop = stop
operations-queues = Queues
operations-queues-note = What is done after a commit waits here by kind; no stop loses it, nothing is done twice
operations-queues-none = There are no jobs yet.
operations-dead = Jobs given up
operations-dead-note = Tried as often as the rules say, and waiting for somebody
operations-dead-none = No job was given up.
operations-dead-more = There are earlier ones; they show when these are dealt with.
operations-running = Running now
operations-running-none = No job runs at this moment.
operations-timers = Timers
operations-timers-none = There are no timers.
operations-faults = Faults
operations-faults-note = Look up the number of an error page; the latest 1000 are kept
operations-faults-none = No fault was recorded.
operations-database = Database
operations-slow = Statements over { $limit } milliseconds since the start, without parameters
operations-slow-none = No statement took over { $limit } milliseconds since the start.

queue-kind = Kind
queue-title = Queue { $kind }
queue-size = Content
queue-state = State
queue-paused = paused
queue-paused-by = { $at } { $by }: { $reason }
queue-unhandled = no handler
queue-unhandled-what = This version of the program does not know such jobs. They wait for a version that does; drop those that nobody needs any more.
queue-oldest = the oldest was added { $at }
queue-quiet = in order
see-queue = See
queue-pause = Pause the queue
queue-pause-what = New jobs still come in but none begins; those that run come to their end. After you resume it they are done, none is lost.
queue-resume = Resume the queue
queue-resume-what = The waiting jobs go on at once.
queue-retry = Try all again
queue-retry-what = { $count ->
    [one] The job
   *[other] All { $count } jobs
} of this queue that { $count ->
    [one] was
   *[other] were
} given up will be tried again at once.

job-title = Job { $id }
job-waiting = waiting
job-running = running
job-done = done
job-done-week = done this week
job-dead = given up
job-dropped = dropped
job-attempts = Attempts
job-created = Added
job-moved = In this state since
job-given-up = Given up
job-alive = Last sign of life
job-next = Next attempt
job-error = Cause
job-number = Number
job-payload-note = What a job carries may name people and is not shown.
see-job = Deal with
job-retry = Try again now
job-retry-what = The job is tried at once, with all its attempts before it.
job-drop = Drop
job-drop-what = The job is never done: a mail, say, is not sent. The reason goes into the journal.

timer-name = Timer
timer-title = Timer { $name }
timer-schedule = Schedule
timer-last = Last
timer-next = Next
timer-never = never yet
timer-not-yet = set when the server starts
see-timer = See
timer-run = Run now
timer-run-what = It runs once now; the next time stays as it was. If one is waiting already, that one is done.
schedule-daily = daily at { $time }
schedule-monthly = on day { $day } of the month at { $time }
schedule-minutes = every { $minutes } minutes

fault-number-label = Number of the fault
fault-find = Find a fault
fault-at = When
fault-place = Where
fault-message = What
fault-log-note = The server's log has the full record under the same number.
fault-unknown = There is no fault with the number { $number }
fault-unknown-next = Check the number. Older faults are no longer here; look for the number in the server's log.

database-engine = Database
database-size = Size
database-entries = Entries of the journal
database-files = Attachments
database-files-count = { $count } files, { $size }
slow-sql = Statement
slow-times = Times
slow-longest = Longest
slow-total = Together
milliseconds = { $count } ms

job-kind-attachments-collect = Clear files that nothing refers to
timer-attachments-collect = Clear files that nothing refers to
job-kind-jobs-prune = Forget finished jobs
timer-jobs-prune = Forget jobs that ended a week ago
jobs-panicked = The program failed while doing it
jobs-lapsed = Each attempt broke off before its end
jobs-fault = The database or the system failed
jobs-refused = Refused by the rules
jobs-lease-lost = Another process has taken the job over
jobs-lease-lost-next = Nothing to do: that process will finish it.
jobs-not-open = The job runs or has ended
jobs-not-open-next = Reload to see its state.
jobs-reason-needed = There is no reason
jobs-reason-needed-next = Write the reason; it goes into the journal.

toast-job-retried = Job { $subject } will be tried again
toast-job-dropped = Job { $subject } was dropped
toast-queue-paused = Queue { $subject } is paused
toast-queue-resumed = Queue { $subject } goes on
toast-queue-retried = The jobs of queue { $subject } that were given up will be tried again
toast-timer-run = { $subject } will run at once
