-- The ground: the chain of operations, packs, areas, organisations, accounts.

CREATE TABLE journal_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, zeroblob(32));

-- One operation, one entry; only ever appended to.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  actor_name TEXT NOT NULL,
  post TEXT,
  organisation TEXT,
  operation TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  before BLOB,
  after BLOB,
  salted INTEGER NOT NULL CHECK (salted IN (0, 1)),
  reason TEXT,
  clauses TEXT NOT NULL,
  row_count INTEGER,
  first_key TEXT,
  last_key TEXT,
  root BLOB,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_by_object ON journal (object_kind, object_id, seq);
CREATE INDEX journal_by_operation ON journal (operation, seq);
CREATE INDEX journal_by_actor ON journal (actor, seq);
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only ever appended to'); END;
CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only ever appended to'); END;

-- Salts of digests over personal data; erasure deletes the salt, the chain stays valid.
CREATE TABLE journal_salts (
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  salt BLOB NOT NULL,
  PRIMARY KEY (object_kind, object_id)
) STRICT;

-- Packs as they were loaded, file by file, so that the program runs from its database alone.
CREATE TABLE packs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  digest BLOB NOT NULL,
  loaded_at INTEGER NOT NULL
) STRICT;
CREATE TABLE pack_files (
  pack TEXT NOT NULL REFERENCES packs (id),
  path TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (pack, path)
) STRICT;

-- Areas as a dated tree: one row per area and span of validity, in the order of the pack (parents first).
CREATE TABLE areas (
  position INTEGER PRIMARY KEY,
  pack TEXT NOT NULL REFERENCES packs (id),
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT,
  valid_from TEXT,
  valid_to TEXT,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX areas_by_code ON areas (code, position);

-- Organisations as a dated tree: the code is the identity, a span is what it was called and where it stood.
CREATE TABLE organisations (
  id INTEGER PRIMARY KEY,
  pack TEXT NOT NULL REFERENCES packs (id),
  code TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE organisation_spans (
  position INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisations (id),
  label TEXT NOT NULL,
  short TEXT,
  kind TEXT NOT NULL,
  parent TEXT,
  area TEXT,
  aliases TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_spans_by_organisation ON organisation_spans (organisation, position);

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  post TEXT,
  organisation INTEGER REFERENCES organisations (id),
  password TEXT NOT NULL,
  password_set_at INTEGER NOT NULL,
  must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE account_roles (
  account INTEGER NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL,
  PRIMARY KEY (account, role)
) STRICT;

-- Failed attempts by the login that was typed, so that an unknown login behaves as a known one.
CREATE TABLE login_failures (
  login TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  locked_until INTEGER
) STRICT;
CREATE INDEX login_failures_by_age ON login_failures (last_at);

-- Only the SHA-256 of a session's token is kept.
CREATE TABLE sessions (
  token BLOB PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_age ON sessions (seen_at);
