-- Indicators: what each is, in which plans it stands, what is promised of it.

CREATE TABLE indicators (
  id INTEGER PRIMARY KEY,
  folded TEXT NOT NULL,
  organisation INTEGER REFERENCES organisations (id),
  account INTEGER NOT NULL,
  lead INTEGER REFERENCES organisations (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  unit TEXT NOT NULL,
  legal TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
-- Two plans of one organisation speak of the same indicator under the same name.
CREATE UNIQUE INDEX indicators_by_name ON indicators (COALESCE(organisation, 0), folded);
CREATE INDEX indicators_by_category ON indicators (category, id);
CREATE INDEX indicators_by_legal ON indicators (legal, id);
CREATE INDEX indicators_by_lead ON indicators (lead);

-- Every version of a definition; only ever appended to.
CREATE TABLE indicator_versions (
  indicator INTEGER NOT NULL REFERENCES indicators (id),
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  journal INTEGER NOT NULL,
  PRIMARY KEY (indicator, number)
) STRICT, WITHOUT ROWID;

-- The commitments of plans that name an indicator.
CREATE TABLE indicator_clauses (
  edition INTEGER NOT NULL REFERENCES editions (id),
  commitment INTEGER NOT NULL,
  clause INTEGER NOT NULL,
  indicator INTEGER NOT NULL REFERENCES indicators (id),
  PRIMARY KEY (edition, commitment)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_clauses_by_indicator ON indicator_clauses (indicator, edition);
CREATE INDEX indicator_clauses_by_clause ON indicator_clauses (edition, clause);

-- Targets as contracts: one row for each version; what it promises never changes, where it stands does once.
CREATE TABLE indicator_targets (
  indicator INTEGER NOT NULL REFERENCES indicators (id),
  area INTEGER NOT NULL,
  period TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'effective', 'refused')),
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  terms TEXT NOT NULL,
  document TEXT NOT NULL,
  reason TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  edition INTEGER,
  commitment INTEGER,
  at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  behalf INTEGER,
  decided_at INTEGER,
  decider INTEGER,
  decider_name TEXT,
  note TEXT NOT NULL,
  PRIMARY KEY (indicator, area, period, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicator_targets_by_state ON indicator_targets (state, indicator);
