-- Posts: a person acts in one of several posts; what the account was bound to becomes its first post. Deputies act in
-- a post for some days. A plan and an import belong to the organisation for which they were brought.

CREATE TABLE posts (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  organisation INTEGER REFERENCES organisations (id),
  title TEXT,
  valid_from TEXT,
  valid_to TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_by_account ON posts (account, id);
CREATE INDEX posts_by_organisation ON posts (organisation);
CREATE TABLE post_roles (
  post INTEGER NOT NULL REFERENCES posts (id),
  role TEXT NOT NULL,
  root INTEGER REFERENCES organisations (id),
  PRIMARY KEY (post, role)
) STRICT;
CREATE TABLE deputies (
  id INTEGER PRIMARY KEY,
  post INTEGER NOT NULL REFERENCES posts (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  appointed_by TEXT NOT NULL,
  appointed_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX deputies_by_post ON deputies (post, id);
CREATE INDEX deputies_by_account ON deputies (account, id);
CREATE INDEX organisation_spans_by_parent ON organisation_spans (parent);

INSERT INTO posts (account, organisation, title, created_at)
  SELECT id, organisation, post, created_at FROM accounts ORDER BY id;
INSERT INTO post_roles (post, role)
  SELECT p.id, r.role FROM account_roles r JOIN posts p ON p.account = r.account;

ALTER TABLE plans ADD COLUMN organisation INTEGER REFERENCES organisations (id);
ALTER TABLE plans ADD COLUMN account INTEGER;
UPDATE plans SET account = (SELECT e.account FROM editions e WHERE e.plan = plans.id ORDER BY e.id LIMIT 1);
UPDATE plans SET organisation = (SELECT a.organisation FROM accounts a WHERE a.id = plans.account);
ALTER TABLE imports ADD COLUMN organisation INTEGER REFERENCES organisations (id);
UPDATE imports SET organisation = (SELECT a.organisation FROM accounts a WHERE a.id = imports.account);

DROP TABLE account_roles;
ALTER TABLE accounts DROP COLUMN post;
ALTER TABLE accounts DROP COLUMN organisation;

ALTER TABLE sessions ADD COLUMN post INTEGER REFERENCES posts (id);

-- For whom a deputy decided and approved.
ALTER TABLE decisions ADD COLUMN behalf INTEGER;
ALTER TABLE editions ADD COLUMN approver_behalf INTEGER;
