-- A folder is joined into one edition: files that wait until somebody has said what each is, and what the join gave.

ALTER TABLE imports ADD COLUMN title TEXT;

CREATE TABLE import_files (
  import BIGINT NOT NULL REFERENCES imports (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  role TEXT NOT NULL,
  why TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (import, position)
);

-- Parts: file, row, conflict, open. The state says how a row or a conflict is listed.
CREATE TABLE edition_joins (
  edition BIGINT NOT NULL REFERENCES editions (id),
  part TEXT NOT NULL,
  number BIGINT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (edition, part, number)
);
CREATE INDEX edition_joins_by_state ON edition_joins (edition, part, state, number);
