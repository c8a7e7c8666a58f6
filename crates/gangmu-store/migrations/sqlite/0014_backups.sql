-- Backups that were made or tried; the files stand in a folder of their own.

CREATE TABLE backups (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  seal TEXT,
  row_count INTEGER NOT NULL,
  blobs INTEGER NOT NULL,
  damaged INTEGER NOT NULL,
  journal_seq INTEGER NOT NULL,
  failure TEXT,
  removed_at INTEGER,
  rehearsed_at INTEGER,
  rehearsal TEXT
) STRICT;
CREATE INDEX backups_by_age ON backups (made_at, id);
