-- What a person sees of the own account: from where it is open, how it was tried, how to be reached; and the passwords
-- that it had.

ALTER TABLE sessions ADD COLUMN device TEXT COLLATE "C";
ALTER TABLE sessions ADD COLUMN address TEXT COLLATE "C";

CREATE TABLE account_visits (
  account BIGINT PRIMARY KEY REFERENCES accounts (id),
  last_at BIGINT,
  before_at BIGINT,
  failed_since BIGINT NOT NULL,
  failed_before BIGINT NOT NULL
);

CREATE TABLE former_passwords (
  account BIGINT NOT NULL REFERENCES accounts (id),
  set_at BIGINT NOT NULL,
  password TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account, set_at)
);

CREATE TABLE account_contacts (
  account BIGINT PRIMARY KEY REFERENCES accounts (id),
  phone TEXT COLLATE "C",
  email TEXT COLLATE "C",
  id_number TEXT COLLATE "C"
);
