-- Rosters: files of organisations and people on their way in, roles that they ask for, codes that open an account.

-- What a pack says is replaced with the pack; what a roster says stays.
ALTER TABLE organisation_spans ADD COLUMN origin TEXT NOT NULL DEFAULT 'pack';

CREATE TABLE rosters (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  organisations_new INTEGER NOT NULL DEFAULT 0,
  organisations_changed INTEGER NOT NULL DEFAULT 0,
  people_new INTEGER NOT NULL DEFAULT 0,
  people_changed INTEGER NOT NULL DEFAULT 0,
  left_out INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE roster_accounts (
  roster INTEGER NOT NULL REFERENCES rosters (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (roster, account)
) STRICT;

CREATE TABLE role_requests (
  account INTEGER NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL,
  roster INTEGER NOT NULL REFERENCES rosters (id),
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (account, role)
) STRICT;

-- Only the SHA-256 of a code is kept: it is long and random, so nothing slower is needed.
CREATE TABLE activation_codes (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  code BLOB NOT NULL UNIQUE,
  until INTEGER NOT NULL
) STRICT;
