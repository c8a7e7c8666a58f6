-- Attachments: files of an object, whose bytes stand beside the database under their SHA-256.

-- A file that is kept. What nothing refers to is condemned first and deleted when it has stayed so.
CREATE TABLE blobs (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  condemned_at INTEGER
) STRICT;
CREATE INDEX blobs_by_condemned ON blobs (condemned_at);

-- An attachment that was removed stays as a line of the past after its bytes have gone.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  width INTEGER,
  height INTEGER,
  origin TEXT NOT NULL,
  public INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  account INTEGER NOT NULL,
  account_name TEXT NOT NULL,
  organisation TEXT,
  removed_at INTEGER,
  expired_at INTEGER,
  remover INTEGER,
  remover_name TEXT
) STRICT;
CREATE INDEX attachments_by_object ON attachments (object_kind, object_id, id);
CREATE INDEX attachments_by_organisation ON attachments (organisation, removed_at);
CREATE INDEX attachments_by_removed ON attachments (removed_at);

-- What an attachment keeps alive: the file itself and the pictures made of it.
CREATE TABLE attachment_files (
  attachment INTEGER NOT NULL REFERENCES attachments (id),
  purpose TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES blobs (sha256),
  size INTEGER NOT NULL,
  PRIMARY KEY (attachment, purpose)
) STRICT;
CREATE INDEX attachment_files_by_sha256 ON attachment_files (sha256);

-- Files on their way up.
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  account INTEGER NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  name TEXT NOT NULL,
  declared TEXT NOT NULL,
  size INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  attachment INTEGER REFERENCES attachments (id)
) STRICT;
CREATE INDEX uploads_by_begun ON uploads (begun_at);
