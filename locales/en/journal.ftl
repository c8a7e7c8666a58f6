# The journal: command line and pages.

journal-exported = Exported the journal to { $file }: entries { $from } to { $end }, the last line signed.
journal-whole = The journal is whole: { $entries } entries, head { $seq }:{ $hash }.
journal-no-database = There is no database in { $folder }; check GANGMU_DATA or GANGMU_DATABASE_URL.
journal-bad-head = “{ $head }” is no head; write NUMBER:HASH, the hash with 64 lower-case hexadecimal digits.
journal-bad-key = “{ $key }” is no public key; it has 64 lower-case hexadecimal digits.
journal-key-bad = The file { $file } of the signing key holds no key; restore it, or move it away to have a new one made.
journal-key-unreadable = The file { $file } of the signing key can't be read ({ $problem }); check its permissions.
journal-key-unwritable = The file { $file } of the signing key can't be written ({ $problem }); check the folder, or name another place with GANGMU_JOURNAL_KEY_FILE.

journal-break-missing = The journal is not whole: entry { $entry } is missing.
journal-break-altered = The journal was altered: entry { $entry } is not what was recorded.
journal-break-unknown-form = Entry { $entry } has form { $version }, which this program does not know; verify with a newer one.
journal-break-head = The journal is not whole: its head speaks of entry { $head }, the last one there is { $last }.
journal-break-kept = The journal was rewritten: entry { $entry } differs from the head that was kept.
journal-break-form = Line { $line } is not written in the form: the export was altered or cut.
journal-break-line-altered = Line { $line } (entry { $entry }) was altered.
journal-break-sequence = Line { $line } should hold entry { $entry } and holds { $found }: entries were dropped, put in or reordered.
journal-break-no-head = Line { $line } should hold entry { $entry } or the signed head: the end was cut off.
journal-break-count = Line { $line }: the signed head speaks of { $count } entries, which is not what is there; from entry { $entry } on some are missing or too many.
journal-break-sum = Line { $line }: the bytes are not those that were signed.
journal-break-signature = Line { $line }: the signature does not hold; the head was altered or forged.
journal-break-signer = Line { $line }: it was signed by another key than the one named.
journal-break-known = Line { $line } (entry { $entry }) differs from a head that was kept, or is missing.
journal-break-proof = Line { $line }: the proof does not hold.
