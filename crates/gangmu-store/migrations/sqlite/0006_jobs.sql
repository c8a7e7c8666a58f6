-- Jobs with leases, timers, paused queues, and faults by the number that a page told.

-- `moved_at` is when the row came into its state; for a running job it is when its lease was last renewed.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at INTEGER NOT NULL,
  fixed INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  attempts INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  owner TEXT,
  timer TEXT,
  error_code TEXT,
  error_detail TEXT,
  error_number TEXT
) STRICT;
CREATE UNIQUE INDEX jobs_by_key ON jobs (kind, key);
CREATE INDEX jobs_due ON jobs (state, run_at, id);
CREATE INDEX jobs_by_move ON jobs (state, moved_at, id);

CREATE TABLE timers (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  schedule TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  last_due INTEGER,
  last_at INTEGER
) STRICT;

CREATE TABLE paused_queues (
  kind TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE faults (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  place TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX faults_by_age ON faults (at);
