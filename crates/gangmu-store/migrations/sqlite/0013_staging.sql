-- Bulk input is written into a batch that nobody sees, and turns visible with one short change of the batch's state.

CREATE TABLE staging_batches (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'shown', 'dropped')),
  rows INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staging_batches_by_state ON staging_batches (state, touched_at);
CREATE INDEX staging_batches_by_place ON staging_batches (kind, place, state, id);
CREATE TABLE staging_rows (
  batch INTEGER NOT NULL REFERENCES staging_batches (id),
  position INTEGER NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (batch, position)
) STRICT, WITHOUT ROWID;
