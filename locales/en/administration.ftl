# The administration: its sections, a sentence each.

administration-note = Three administrators, for system, security and audit: each has a part, nobody has two, and none decides on plans. Only what you may open is listed.
administration-nothing = There is no section that you may open. Ask the security administrator if you need one.
section-accounts = Accounts
section-accounts-what = Who can log in, for which organisation, in which roles; adding, disabling, resetting passwords.
section-rights = Rights
section-rights-what = What each role may do, who holds which, why somebody may or may not; exported to Excel.
