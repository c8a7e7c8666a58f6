-- A folder is joined into one edition: files that wait until somebody has said what each is, and what the join gave.

ALTER TABLE imports ADD COLUMN title TEXT;

CREATE TABLE import_files (
  import INTEGER NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  role TEXT NOT NULL,
  why TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (import, position)
) STRICT;

-- Parts: file, row, conflict, open. The state says how a row or a conflict is listed.
CREATE TABLE edition_joins (
  edition INTEGER NOT NULL REFERENCES editions (id),
  part TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (edition, part, number)
) STRICT;
CREATE INDEX edition_joins_by_state ON edition_joins (edition, part, state, number);
