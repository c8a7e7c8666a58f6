# Messages, preferences, mail.

inbox = Messages
inbox-unread = { $count } unread
inbox-which = Which to show
inbox-all = All
inbox-only-unread = Unread
inbox-arrived = New messages: reload
inbox-empty = No messages yet
inbox-empty-unread = Nothing unread
inbox-empty-next = Imports, approvals, publications and changes of your account will show up here.
inbox-count = Messages, { $count } unread
unread = Unread
read-all = Mark all as read
older-messages = Older messages
toast-messages-read = { $subject } messages marked as read
toast-preferences-saved = Preferences saved{ $subject }

mail-is-waiting = Mail goes out at { $at }
mail-is-digest = In the digest of { $at }
mail-is-sent = Mailed at { $at }
mail-is-failed = The mail did not go out (reference { $reference }); tell the system administrator

preferences = Preferences
preferences-what = Every message reaches the inbox; here you choose which are mailed as well, and when. An account without a mail address gets no mail.
preferences-when = When mail is sent
preferences-by-kind = How each kind is mailed
quiet-hours = Quiet hours
quiet-from = From
quiet-until = Until
quiet-hint = Nothing is mailed in these hours; it follows afterwards. What is urgent goes all the same.
digest-at = Hour of the digest
digest-hint = Kinds set to “digest” come in one mail.
workdays-only = On working days only
workdays-hint = By the official notice of holidays, make-up days included.
mail-language = Language of mails
message-kind = Message
urgent = Urgent
mail-at_once = At once
mail-digest = Daily digest
mail-never = No mail
save-preferences = Save preferences

messages-preferences-hour = An hour is not complete.
messages-preferences-hour-next = Write it as hours:minutes, such as 21:00.
messages-preferences-language = There is no such language of mails.
messages-preferences-language-next = Choose 中文 or English.

message-kind-plan-imported = Plan imported
message-kind-plan-approved = Edition approved
message-kind-plan-published = Edition published
message-kind-plan-withdrawn = Edition withdrawn
message-kind-account-reset = Password reset
message-kind-account-roles = Posts or roles changed
message-kind-job-dead = Background job gave up
message-kind-backup-failed = Backup failed
message-kind-rehearsal-failed = Rehearsal failed
message-kind-journal-checkpoint = Checkpoint of the journal

message-plan-imported = Edition { $edition } of { $plan } was imported; { $count } proposals wait for review
message-plan-approved = Edition { $edition } of { $plan } was approved by { $who } and can be published
message-plan-published = Edition { $edition } of { $plan } was published
message-plan-withdrawn = Edition { $edition } of { $plan } was withdrawn: { $reason }
message-account-reset = { $who } reset your password; if you did not ask for it, tell the security administrator
message-account-roles = { $who } changed your posts or roles
message-job-dead = The job { $job } failed too often (reference { $reference }); see the operations page
message-backup-failed = The backup { $name } of { $at } failed and is tried again; the page of backups says why
message-rehearsal-failed = The rehearsal of { $at } with { $name } failed; make another backup at once. The page of backups says why
message-journal-checkpoint = The journal was signed up to entry { $entry } ({ $at }); please keep the checkpoint

mail-more-journal-checkpoint =
    Keep this line outside of this system, and hold the journal against it later (--checkpoints of gangmu-verifier). Where it does not agree, the journal was written anew:

    { $line }

mail-subject-digest = { $installation }: { $count } messages
mail-subject = { $installation }: { $said }
mail-open = Open: { $address }
mail-footer = Sent by { $installation } automatically; please do not reply. Change this under Messages, Preferences.
