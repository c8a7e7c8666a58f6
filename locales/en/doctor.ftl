# The doctor: what gangmu doctor checks, what it finds, what to do.

doctor-state-ok = ok
doctor-state-skipped = skipped
doctor-state-warning = warning
doctor-state-failed = failed
doctor-remedy = → { $remedy }
doctor-summary = { $ok } ok, { $skipped } skipped, { $warning } warnings, { $failed } failed.

doctor-version = Version
doctor-embedded = Embedded parts
doctor-reader = Reading files
doctor-fonts = Fonts
doctor-config = Configuration
doctor-journal_key = Signing key
doctor-secrets = Secrets
doctor-data = Data folder
doctor-disk = Disk
doctor-clock = Clock
doctor-database = Database
doctor-schema = Schema
doctor-journal = Journal
doctor-jobs = Background jobs
doctor-attachments = Attachments
doctor-mail = Mail
doctor-backup = Backup
doctor-rehearsal = Rehearsal

doctor-nothing-yet = nothing there yet; look again after the first start
doctor-not-looked-at = can be looked at when the database is mended

doctor-version-is = { $version }
doctor-embedded-count = { $packs } packs, { $words } files of words
doctor-embedded-none = the program lacks what should be embedded in it ({ $packs } packs, { $words } files of words)
doctor-embedded-none-remedy = The program's file is not whole; install it again.
doctor-reader-works = the child process starts, reads files and refuses broken ones
doctor-reader-fails = the child process that reads files does not work ({ $problem })
doctor-reader-fails-remedy = Check that the program's file may be run and that the system does not limit new processes or memory.
doctor-fonts-none = none needed here: pages use the fonts of whoever reads them, workbooks only name theirs, and the program draws no letters

doctor-config-file = { $file }; { $count } settings with the environment's, none contradicts another
doctor-config-no-file = no gangmu.toml; { $count } settings in the environment, the rest is as usual
doctor-config-bad = { $problem }
doctor-config-bad-remedy = Mend it and run gangmu doctor again; docs/configuration.md has all settings.
doctor-config-open = listens on { $address }: other machines reach it directly, and passwords travel in the clear
doctor-config-open-remedy = Put a proxy that speaks HTTPS in front, let the program listen on 127.0.0.1 only, and set https = true.
doctor-config-public-http = https = true, but public_url is { $address }
doctor-config-public-http-remedy = Let public_url begin with https://; where there is no HTTPS at all, set https = false, or browsers keep nobody logged in.
doctor-config-public-https = public_url is { $address }, but https is not true
doctor-config-public-https-remedy = Set https = true, so that sessions travel over encrypted connections only.
doctor-config-no-address = mail is set up without public_url; links in letters will lead to { $address }
doctor-config-no-address-remedy = Set public_url to the address under which people open the system.
doctor-config-half-login = { $given } is set but { $other } is not; the program does not log in at the mail server
doctor-config-half-login-remedy = Set both or neither.
doctor-config-mail-in-clear = mail goes out through { $address } without encryption
doctor-config-mail-in-clear-remedy = Use smtps://, or add ?tls=required to the address.
doctor-config-log-filter = log_filter can't be read ({ $problem }); info is logged
doctor-config-log-filter-remedy = Write it as info or info,gangmu_app=debug, for example.

doctor-key-none = { $file } does not exist yet; the first start makes it
doctor-key-gone = the journal has entries, but the signing key { $file } is gone
doctor-key-gone-remedy = Put the old file back from where it was kept; otherwise the next start makes another, and earlier checkpoints can be checked with the old public key only.
doctor-key-unreadable = the signing key { $file } can't be read ({ $problem })
doctor-key-unreadable-remedy = Check its permissions; it should belong to the user that the program runs as.
doctor-key-bad = { $file } holds no key
doctor-key-bad-remedy = Restore it, or move it away to have a new one made.
doctor-key-public = public key { $key }; keep it outside of this machine
doctor-secrets-closed = others can't read them
doctor-secret-open = { $file } can be read by other users of this machine
doctor-secret-open-remedy = Take their rights away: chmod 600 { $file }; where that was so for a while, change the password.

doctor-data-none = { $folder } does not exist yet; the first start makes it
doctor-data-writable = { $folder } can be written to, and no other user can enter it
doctor-data-unwritable = { $folder } can't be written to ({ $problem })
doctor-data-unwritable-remedy = Check that it is a folder, whose it is and that its disk is not read-only, or name another with GANGMU_DATA.
doctor-data-owner = { $folder } belongs to user { $owner }, but user { $us } runs this
doctor-data-owner-remedy = Run commands as the user of the service; otherwise it can't read the files that they write.
doctor-data-open = { $folder } can be entered by other users of this machine, and it holds personal data
doctor-data-open-remedy = Take their rights away: chmod 700 { $folder }

doctor-disk-room = the disk of { $folder } has { $free } left; a backup with its rehearsal needs about { $wants }
doctor-disk-low = the disk of { $folder } has only { $free } left; a backup with its rehearsal needs about { $wants }
doctor-disk-low-remedy = Make room for three backups at least, or let backup_folder lie on another disk.
doctor-disk-full = the disk of { $folder } has only { $free } left, and a backup with its rehearsal needs about { $wants }
doctor-disk-full-remedy = Make room soon: backups fail, and when the disk is full nobody's work can be saved.
doctor-disk-names = the disk of { $folder } has room for only { $names } more files
doctor-disk-names-remedy = Remove small files (df -i shows them): no file can be made then, whatever space is left.
doctor-disk-unknown = the room on the disk of { $folder } can't be seen ({ $problem })
doctor-disk-unknown-remedy = Check the folder's permissions and its disk.

doctor-clock-right = { $now }; the program counts in China's time, whatever zone this machine is set to
doctor-clock-stands = this machine's clock says { $now }, before this program was written
doctor-clock-stands-remedy = Set the clock (timedatectl set-ntp true); where it falls back after each stop, the battery is empty.
doctor-clock-behind = this machine's clock says { $now }, but entry { $entry } of the journal was written at { $last }
doctor-clock-behind-remedy = Set the clock before you start: what is done now would be recorded too early, and deadlines and sessions counted wrongly.
doctor-clock-differs = this machine's clock ({ $ours }) and the database server's ({ $theirs }) differ by { $seconds } seconds
doctor-clock-differs-remedy = Let both take the time from one server; where they differ by whole hours, one takes its local time for Greenwich's.

doctor-database-none = not made yet; the first start makes it
doctor-database-sqlite = { $engine } { $version } ({ $encoding }): every page was checked and none is damaged; it can be written
doctor-database-postgres = { $engine } { $version } ({ $encoding }, collation { $collation }): no broken index, no failed checksum; it can be written
doctor-database-unreachable = can't be reached ({ $problem })
doctor-database-unreachable-remedy = Check database_url and the file with its password; PostgreSQL must run and let this machine in, a SQLite file must belong to the user of the program.
doctor-database-encoding = the database of { $engine } { $version } is encoded as { $encoding } and can't keep every Chinese character
doctor-database-encoding-remedy = Make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and move with gangmu backup and gangmu restore.
doctor-database-old = { $engine } { $version } is too old; the program needs { $oldest } or newer
doctor-database-old-remedy = Upgrade the database server; run gangmu backup first.
doctor-database-damaged = data of { $engine } { $version } are damaged: { $problem }
doctor-database-damaged-remedy = Stop the service, keep the files as they are, and gangmu restore the newest backup in a new place; check the disk as well.
doctor-database-unreadable = tables of { $engine } { $version } can't be read ({ $problem })
doctor-database-unreadable-remedy = Check the rights of the database's user; where a table is damaged, gangmu restore the newest backup in a new place.
doctor-database-unwritable = { $engine } { $version } can be read but not written ({ $problem })
doctor-database-unwritable-remedy = Check the file's permissions, whether the disk or the database is read-only (default_transaction_read_only), and whether another program holds it for long.
doctor-schema-none = not made yet; the first start makes it
doctor-schema-current = version { $version }, as this program wants it ({ $wanted })
doctor-schema-old = version { $version }, and this program wants { $wanted }
doctor-schema-old-remedy = Run gangmu backup, then gangmu migrate; the start of the service does it as well.
doctor-schema-newer = version { $version } is newer than this program's { $wanted }; there is no way back
doctor-schema-newer-remedy = Use the newer program; nothing was changed.

doctor-journal-holds = the last { $entries } entries follow one another up to { $end }; signed up to { $entry } ({ $at }). gangmu journal verify proves all of it
doctor-journal-unsigned = the last { $entries } entries follow one another up to { $end }; no checkpoint was signed yet
doctor-journal-broken = { $problem }
doctor-journal-broken-remedy = Change nothing more, keep the database and the checkpoint file, run gangmu journal verify, and tell the audit administrator.
doctor-journal-file-unreadable = the checkpoint file { $file } can't be read ({ $problem })
doctor-journal-file-unreadable-remedy = Check its permissions and its disk.
doctor-journal-file-behind = signed up to entry { $entry }, but the file { $file } does not have that checkpoint
doctor-journal-file-behind-remedy = The service writes it within ten minutes; where it does not, check the file's disk, or run gangmu journal checkpoint.
doctor-journal-file-beside = checkpoints are kept only on the disk of the data ({ $file }), where whoever owns the database can replace them too
doctor-journal-file-beside-remedy = Let checkpoint_file lie on another disk, or set up mail and give the audit administrators an address: checkpoints are mailed to them.

doctor-jobs-none = none waits
doctor-jobs-waiting = { $count } wait, the oldest since { $since }, none is late
doctor-jobs-dead = { $count } failed too often and were given up ({ $kinds })
doctor-jobs-dead-remedy = Let the system administrator look at the operations page, and retry or drop them.
doctor-jobs-late = { $count } should have been done long ago ({ $kinds }), the first at { $since }
doctor-jobs-late-remedy = Check that the service runs; where it does, its log says why they are not done.
doctor-jobs-paused = the queue { $kind } is paused since { $since }: { $reason }
doctor-jobs-paused-remedy = When the reason is over, let the system administrator resume it on the operations page.

doctor-files-there = all { $all } files in use are there with the right size ({ $looked } looked at)
doctor-files-sample = of { $all } files in use { $looked } were looked at; all are there with the right size
doctor-files-missing = of { $all } files in use { $looked } were looked at: { $missing } are missing, { $changed } have another size ({ $names })
doctor-files-missing-remedy = Clean up nothing; take them from a backup: gangmu restore it elsewhere and copy the files of these names from its folder files. Check the disk as well.
doctor-files-unreadable = the folder of attached files can't be read ({ $problem })
doctor-files-unreadable-remedy = Check the permissions of files in the data folder, and the disk.

doctor-mail-none = not set up; messages reach the inbox only
doctor-mail-greets = { $server } answers; letters can go out from { $sender }
doctor-mail-settings = the settings of mail can't be used: { $server } ({ $problem })
doctor-mail-settings-remedy = Check smtp_url and mail_from.
doctor-mail-refuses = { $server } refuses with { $code }
doctor-mail-refuses-remedy = 535 means a wrong user or password: check smtp_user and smtp_password_file; for another code ask whoever keeps the mail server.
doctor-mail-silent = { $server } does not answer
doctor-mail-silent-remedy = Check address, port and firewall; port 465 wants smtps://, port 587 smtp://…?tls=required.
doctor-mail-tls = no encrypted connection with { $server }
doctor-mail-tls-remedy = Check the server's certificate and whether this machine trusts its issuer; port 465 wants smtps://, port 587 smtp://…?tls=required.
doctor-mail-unreachable = { $server } can't be reached
doctor-mail-unreachable-remedy = Check address and port, that the server runs, and the firewall.

doctor-backup-none = none yet, and { $hours } hours lie between the first and the newest entry
doctor-backup-none-remedy = Run gangmu backup FILE now, or press “back up now” on the page of backups, and find out why none was made by itself.
doctor-backup-young = the newest was made at { $at }, { $hours } hours before the newest entry
doctor-backup-old = the newest was made at { $at }, { $hours } hours before the newest entry
doctor-backup-old-remedy = Back up now, and find out why none was made by itself: does the service run, is backup_at off, is the disk full?
doctor-backup-failed = the backup of { $at } failed: { $problem }
doctor-backup-failed-remedy = The program tries again; when the reason is mended, press “back up now” on the page of backups.
doctor-backup-folder = the folder { $folder } of the backup { $name } can't be read ({ $problem })
doctor-backup-folder-remedy = Check backup_folder and its permissions, and that its disk is mounted.
doctor-backup-gone = the newest backup { $name } is not in { $folder }
doctor-backup-gone-remedy = Find out where it went, and back up now.
doctor-backup-cut = the newest backup { $name } ({ $folder }) has { $size } now, and had { $wants } when it was made
doctor-backup-cut-remedy = It can't be used any more: back up now, and check the disk.
doctor-backup-beside = backups lie on the disk of the data ({ $folder }), and would be lost with it
doctor-backup-beside-remedy = Let backup_folder lie on another disk, or copy backups to another machine regularly.
doctor-rehearsal-none = none yet: whether a backup can be restored is not proved
doctor-rehearsal-none-remedy = Run gangmu backup rehearse, or press “rehearse the newest” on the page of backups.
doctor-rehearsal-passed = passed at { $at } with { $name }
doctor-rehearsal-old = the last was at { $at } ({ $name }), more than a month ago
doctor-rehearsal-old-remedy = Rehearse again; where backup_rehearse_days is 0, set it to 7, for example.
doctor-rehearsal-failed = failed at { $at } with { $name }: { $problem }
doctor-rehearsal-failed-remedy = Make another backup and rehearse it at once; where that fails too, keep the files and find out why.
