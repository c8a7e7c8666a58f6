-- Names, posts and reasons leave the chain: it holds their digests, they stand beside it and can be erased. Entries of
-- the first form keep theirs; an entry is never changed.

ALTER TABLE journal ADD COLUMN behalf INTEGER;
ALTER TABLE journal ADD COLUMN who BLOB;
ALTER TABLE journal ADD COLUMN why BLOB;

-- Each name with its post once, under its digest.
CREATE TABLE journal_people (
  digest BLOB PRIMARY KEY,
  account INTEGER NOT NULL,
  behalf INTEGER,
  name TEXT NOT NULL,
  post TEXT
) STRICT;
CREATE INDEX journal_people_by_account ON journal_people (account);
CREATE INDEX journal_people_by_behalf ON journal_people (behalf);
CREATE INDEX journal_people_by_name ON journal_people (name);

CREATE TABLE journal_reasons (
  seq INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  salt BLOB NOT NULL
) STRICT;
