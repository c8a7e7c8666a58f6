-- What stands behind the entries of the journal, and outside of it: details, checkpoints, the clauses to find it by.

-- The values behind the digests. They are erased where they hold personal data; the chain stays valid.
CREATE TABLE journal_details (
  seq INTEGER PRIMARY KEY,
  before TEXT,
  after TEXT,
  leaves BLOB,
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))
) STRICT;

CREATE TABLE journal_checkpoints (
  seq INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  at INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TABLE journal_clauses (
  plan TEXT NOT NULL,
  path TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (plan, path, seq)
) WITHOUT ROWID, STRICT;
INSERT INTO journal_clauses (plan, path, seq)
  SELECT DISTINCT json_extract(c.value, '$.plan'), json_extract(c.value, '$.path'), j.seq
  FROM journal j, json_each(j.clauses) c;

CREATE INDEX journal_by_time ON journal (at);
