-- What the program tells people, and how each of them wants to be told.

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  address TEXT NOT NULL,
  -- The same thing is told to the same person once.
  key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  read_at INTEGER,
  mail TEXT NOT NULL CHECK (mail IN ('none', 'waiting', 'digest', 'sent', 'failed')),
  mail_at INTEGER,
  mail_fault TEXT,
  UNIQUE (account, key)
) STRICT;
CREATE INDEX messages_by_account ON messages (account, id);
CREATE INDEX messages_unread ON messages (account, id) WHERE read_at IS NULL;
CREATE INDEX messages_in_digest ON messages (account, id) WHERE mail = 'digest';

CREATE TABLE message_preferences (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  language TEXT NOT NULL,
  -- Minutes of the day; the two are equal where no hours are quiet.
  quiet_from INTEGER NOT NULL,
  quiet_until INTEGER NOT NULL,
  workdays_only INTEGER NOT NULL CHECK (workdays_only IN (0, 1)),
  digest_at INTEGER NOT NULL
) STRICT;

CREATE TABLE message_choices (
  account INTEGER NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  mail TEXT NOT NULL CHECK (mail IN ('never', 'digest', 'at_once')),
  PRIMARY KEY (account, kind)
) STRICT;
