-- Personal data: who looked at whose and why, when an account ended, who is to be erased.

ALTER TABLE accounts ADD COLUMN ended_at INTEGER;
ALTER TABLE accounts ADD COLUMN erased_at INTEGER;

CREATE TABLE personal_looks (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  at INTEGER NOT NULL,
  by_account INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  by_post TEXT,
  purpose TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX personal_looks_by_account ON personal_looks (account, id);
CREATE INDEX personal_looks_by_time ON personal_looks (at);

CREATE TABLE erasures (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  asked_by INTEGER NOT NULL,
  asked_name TEXT NOT NULL,
  decided_at INTEGER,
  decided_name TEXT
) STRICT;
CREATE INDEX erasures_by_account ON erasures (account, id);
