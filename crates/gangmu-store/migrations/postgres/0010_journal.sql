-- What stands behind the entries of the journal, and outside of it: details, checkpoints, the clauses to find it by.

-- The values behind the digests. They are erased where they hold personal data; the chain stays valid.
CREATE TABLE journal_details (
  seq BIGINT PRIMARY KEY,
  before TEXT,
  after TEXT,
  leaves BYTEA,
  erased BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE journal_checkpoints (
  seq BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  at BIGINT NOT NULL,
  key BYTEA NOT NULL CHECK (length(key) = 32),
  signature BYTEA NOT NULL CHECK (length(signature) = 64)
);

CREATE TABLE journal_clauses (
  plan TEXT NOT NULL,
  path TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (plan, path, seq)
);
INSERT INTO journal_clauses (plan, path, seq)
  SELECT DISTINCT c.value ->> 'plan', c.value ->> 'path', j.seq
  FROM journal j, jsonb_array_elements(j.clauses::jsonb) c (value);

CREATE INDEX journal_by_time ON journal (at);
