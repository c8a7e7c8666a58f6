# The command line: what it says, and the words in the files that it writes.

command-file-missing = There is no file { $file }; check the path.
command-file-denied = { $file } may not be read; check its permissions.
command-file-failed = Reading { $file } failed ({ $problem }); check the file and the disk.
command-file-unwritable = { $file } can't be written ({ $problem }); check that the folder exists, may be written to, and that the file is not open elsewhere.
command-output = The result could not be written ({ $problem }).
command-runtime = The program can't start ({ $problem }).
command-forbidden = Not allowed ({ $why }).
command-absent = There is no such { $what }; check what you typed.
command-database = The database failed: { $problem }. Check its address and the data folder, then run gangmu doctor.
command-schema-old = The database schema has version { $version }, and this program wants { $wanted }; run gangmu migrate.
command-database-newer = The database has schema { $schema }, newer than this program ({ $this }, schema { $ours }); it can't go back. Start the newer program; nothing was changed.
command-bad-range = “{ $range }” is no range of characters; write START..END, such as 120..180, with the end after the start.
command-range-outside = The range { $range } lies outside the text, which has { $chars } characters.

command-plan-size = { $chars } characters, { $headings } headings, { $clauses } clauses.
command-plan-commitments = { $count } commitments, { $sure } of them sure:
command-plan-doubts = { $count } doubts:
command-explain-nothing = No rule read anything here.
command-explain-near = Came near and were turned away:

command-join-kind-annex = annex of indicators
command-join-kind-assignments = division of work
command-join-kind-projects = list of projects
command-join-kind-plan = another plan
command-join-kind-unknown = not recognised; please say what it is
command-join-rows = { $rows } rows of the division of work, { $joined } joined to clauses; { $none } without a clause, { $several } with several possible clauses, { $flagged } with doubts. { $open } clauses without a row.
command-join-annex = { $rows } indicators in annexes, { $conflicts } disagreements between files.
command-align-pairs = Clauses that answer each other: { $count }
command-align-conflicts = Conflicts: { $count }
command-align-target = target
command-align-unit = unit
command-align-baseline = base year
command-align-period = target year
command-align-missing_binding = binding indicator missing
command-align-untaken_task = task not taken
command-align-sequence = timing
command-diff-same = Unchanged: { $count }
command-diff-moved = moved
command-diff-changed = changed
command-diff-split = split
command-diff-merged = merged
command-diff-added = added
command-diff-dropped = dropped
command-diff-ambiguous = to be decided
command-diff-none = none

command-register-written = Wrote { $file }: { $count } commitments, { $doubts } doubts.
command-register-sheet = Register
command-register-mark = Proposals of the compiler, not reviewed
command-register-subject = Register of a plan's commitments
command-register-origin = Source: { $file }; compiler { $compiler }, lexicon { $lexicon }; SHA-256 of the file { $sha256 }.
command-doubts-mark = to be checked by a person
command-doubts-message = Explanation
command-doubts-quoted = Text
command-doubts-note = The program lists doubts by comparing passages; whether they hold is for a person to decide. The text was not altered.

config-unreadable = The configuration { $file } can't be read ({ $problem }).
config-bad-toml = The configuration { $file } is wrong at line { $line }: { $problem }
config-unknown-key = The configuration { $file } has an unknown key { $key }. Known keys: { $known }.
config-bad-value = { $key } can't be “{ $value }”; it wants { $wanted }.
config-wants-text = a text
config-wants-listen = an address with port, such as 127.0.0.1:8440
config-wants-log = pretty or json
config-wants-language = zh-CN or en
config-wants-megabytes = megabytes, a whole number, at least 1 (one file: at most 100)
config-wants-boolean = true or false
config-wants-idle = a whole number of minutes from 5 to 240
config-wants-hours = a whole number of hours from 1 to 72, no shorter than session_idle_minutes
config-wants-quota = a whole number from 1 on, requests in a minute
config-wants-instant = an instant with its offset, such as 2024-06-30T09:00:00+08:00
config-wants-time = a time such as 02:30, or off for none
config-wants-keep = three numbers, how many days, weeks and months stay, such as 7 4 12
config-wants-days = a number of days, 0 for never
config-wants-url = a file's path or an address that begins with postgres://
config-wants-public-url = an address that begins with http:// or https://
config-wants-smtp = an address that begins with smtp:// or smtps://
config-wants-mail = a mail address, such as gangmu@example.gov.cn
config-mail-incomplete = Mail is set up, but { $key } is missing; smtp_url and mail_from belong together.
config-both = Set either { $key } or { $other }, not both.
config-secret-unreadable = The file { $file } that { $key } names can't be read ({ $problem }).
config-secret-empty = The file { $file } that { $key } names is empty.

serve-data-failed = The data folder { $folder } can't be made ({ $problem }); check path and permissions, or set GANGMU_DATA.
serve-listen-failed = { $address } can't be listened on ({ $problem }). The port may be taken: stop the other program, or set GANGMU_LISTEN.
serve-ready = Gangmu is running: { $address }
serve-stopped = Stopped.
serve-failed = The server failed ({ $problem }).
migrate-done = The database schema went from version { $from } to { $to }.
migrate-nothing = The database schema is up to date (version { $to }).

demo-loaded = Loaded: { $label }
demo-already = The demonstration is in the data folder already; nothing was loaded twice.
demo-other = The data folder { $folder } holds something else; the demonstration was not loaded. Name an empty folder with GANGMU_DATA.
demo-plan = Plan: { $title }, at { $address }
demo-date = Demonstration date: { $date }
demo-accounts = Demonstration accounts (all with the password { $password }):

user-added = Added the account { $login }.
user-first-password = Password of the first day (shown once, to be changed after logging in): { $password }
user-roles-set = { $login } now has the roles { $roles }.
user-none = There are no accounts yet.
user-line-disabled = disabled
user-line-must-change = must change password

demo-actor = Demonstration

# Commands that read and write JSON lines.
line-broken = Line { $line } is no JSON object ({ $problem }). Write one object a line, such as { $sample }.
lines-broken = { $count } lines could not be read, the first is line { $line }; all others were answered. Mend them as the output says.
lines-want-json = Answers come as JSON lines only; add --json and write one object a line.
line-bad-field = In line { $line } { $key } is missing or can't be understood ({ $problem }). Write { $sample }.
