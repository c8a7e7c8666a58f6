-- What a person sees of the own account: from where it is open, how it was tried, how to be reached; and the passwords
-- that it had.

ALTER TABLE sessions ADD COLUMN device TEXT;
ALTER TABLE sessions ADD COLUMN address TEXT;

CREATE TABLE account_visits (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  last_at INTEGER,
  before_at INTEGER,
  failed_since INTEGER NOT NULL,
  failed_before INTEGER NOT NULL
) STRICT;

CREATE TABLE former_passwords (
  account INTEGER NOT NULL REFERENCES accounts (id),
  set_at INTEGER NOT NULL,
  password TEXT NOT NULL,
  PRIMARY KEY (account, set_at)
) STRICT;

CREATE TABLE account_contacts (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  phone TEXT,
  email TEXT,
  id_number TEXT
) STRICT;
