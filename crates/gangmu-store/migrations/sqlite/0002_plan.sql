-- The living plan: plans, editions with their text, commitments with every decision on them, imports, search.

CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- An edition is written invisible, piece by piece, and turns visible in one short transaction.
CREATE TABLE editions (
  id INTEGER PRIMARY KEY,
  plan INTEGER NOT NULL REFERENCES plans (id),
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  visible INTEGER NOT NULL CHECK (visible IN (0, 1)),
  stage TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  chars INTEGER NOT NULL,
  clauses INTEGER NOT NULL,
  compiler TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  decisions INTEGER NOT NULL,
  commitments_made INTEGER NOT NULL,
  approver INTEGER,
  approver_name TEXT,
  approved_at INTEGER,
  published_at INTEGER,
  UNIQUE (plan, number)
) STRICT;

-- The files behind an edition; their bytes are kept once, whoever brings them.
CREATE TABLE document_files (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE documents (
  edition INTEGER NOT NULL REFERENCES editions (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES document_files (sha256),
  size INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (edition, position)
) STRICT;
CREATE INDEX documents_by_sha256 ON documents (sha256);

-- The joint text, never altered, and what the compiler made of it.
CREATE TABLE edition_texts (
  edition INTEGER PRIMARY KEY REFERENCES editions (id),
  text TEXT NOT NULL,
  compiled TEXT NOT NULL
) STRICT;

CREATE TABLE headings (
  edition INTEGER NOT NULL REFERENCES editions (id),
  position INTEGER NOT NULL,
  level TEXT NOT NULL,
  mark TEXT,
  title TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  parent INTEGER,
  clause INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (edition, position)
) STRICT;

CREATE TABLE clauses (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions (id),
  number INTEGER NOT NULL,
  path TEXT NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  heading INTEGER,
  chapter INTEGER NOT NULL,
  section INTEGER NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  marks TEXT NOT NULL,
  UNIQUE (edition, number),
  UNIQUE (edition, path)
) STRICT;
CREATE INDEX clauses_by_section ON clauses (edition, section, number);
CREATE INDEX clauses_by_path ON clauses (path, edition);

-- The current row of each commitment: the fold of the decisions on it.
CREATE TABLE commitments (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions (id),
  number INTEGER NOT NULL,
  clause INTEGER NOT NULL,
  chapter INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  kind TEXT NOT NULL,
  degree TEXT NOT NULL,
  standing TEXT NOT NULL,
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  reject_reason INTEGER,
  confidence TEXT,
  certainty TEXT NOT NULL,
  owned INTEGER NOT NULL CHECK (owned IN (0, 1)),
  doubted INTEGER NOT NULL CHECK (doubted IN (0, 1)),
  form TEXT NOT NULL,
  proposal TEXT,
  split_from INTEGER,
  decision INTEGER,
  UNIQUE (edition, number)
) STRICT;
CREATE INDEX commitments_in_order ON commitments (edition, listed, span_start, number);
CREATE INDEX commitments_by_kind ON commitments (edition, kind, span_start, number);
CREATE INDEX commitments_by_degree ON commitments (edition, degree, span_start, number);
CREATE INDEX commitments_by_standing ON commitments (edition, standing, span_start, number);
CREATE INDEX commitments_by_certainty ON commitments (edition, certainty, span_start, number);
CREATE INDEX commitments_by_chapter ON commitments (edition, chapter, span_start, number);
CREATE INDEX commitments_by_clause ON commitments (edition, clause, span_start, number);
CREATE INDEX commitments_by_doubt ON commitments (edition, doubted, span_start, number);

CREATE TABLE commitment_units (
  edition INTEGER NOT NULL,
  number INTEGER NOT NULL,
  duty TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (edition, number, duty, unit)
) STRICT;
CREATE INDEX commitment_units_by_unit ON commitment_units (unit, duty, edition, number);

CREATE TABLE notices (
  edition INTEGER NOT NULL REFERENCES editions (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  clause INTEGER NOT NULL,
  chapter INTEGER NOT NULL,
  span_start INTEGER NOT NULL,
  body TEXT NOT NULL,
  settled TEXT,
  settled_at INTEGER,
  account INTEGER,
  account_name TEXT,
  PRIMARY KEY (edition, number)
) STRICT;
CREATE INDEX notices_by_clause ON notices (edition, clause, span_start);

CREATE TABLE commitment_doubts (
  edition INTEGER NOT NULL,
  notice INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (edition, notice, number)
) STRICT;
CREATE INDEX commitment_doubts_by_number ON commitment_doubts (edition, number, notice);

-- Every decision on commitments; only ever appended to.
CREATE TABLE decisions (
  edition INTEGER NOT NULL REFERENCES editions (id),
  number INTEGER NOT NULL,
  verb TEXT NOT NULL,
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  note TEXT NOT NULL,
  undoes INTEGER,
  touched INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (edition, number)
) STRICT;
CREATE INDEX decisions_by_undone ON decisions (edition, undoes);
CREATE INDEX decisions_by_account ON decisions (edition, account, number);
CREATE TABLE decision_steps (
  edition INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (edition, decision, number)
) STRICT;
CREATE INDEX decision_steps_by_number ON decision_steps (edition, number, decision);

-- The life of an edition: imported, approved, published, withdrawn; only ever appended to.
CREATE TABLE edition_events (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions (id),
  verb TEXT NOT NULL,
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX edition_events_by_edition ON edition_events (edition, id);

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  files TEXT NOT NULL,
  step TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  failures TEXT NOT NULL,
  plan_key TEXT,
  edition INTEGER,
  started_at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL
) STRICT;

-- Words of editions, clauses and commitments; the key says which (see the search module).
CREATE VIRTUAL TABLE search_words USING fts5(words, content = '', contentless_delete = 1, detail = none,
  tokenize = 'unicode61 remove_diacritics 0');
