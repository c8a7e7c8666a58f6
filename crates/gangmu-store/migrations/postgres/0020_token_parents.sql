-- A token that was made through another one ends with it.

ALTER TABLE tokens ADD COLUMN parent BIGINT;
CREATE INDEX tokens_by_parent ON tokens (parent);
