-- The API for machines: tokens that act for a person, and requests that must not be done twice.

-- Only the SHA-256 of a token is kept.
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  scope TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX tokens_by_account ON tokens (account, id);

-- What was answered to a request with an idempotency key, written with what the request changed.
CREATE TABLE answered_requests (
  account INTEGER NOT NULL,
  key TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  location TEXT,
  version TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (account, key)
) STRICT;
CREATE INDEX answered_requests_by_age ON answered_requests (at);
