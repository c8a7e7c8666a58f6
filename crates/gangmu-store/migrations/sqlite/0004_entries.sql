-- The journal entry under which a decision or an event was recorded, and how many commitments an event concerned.

ALTER TABLE decisions ADD COLUMN journal INTEGER;
ALTER TABLE edition_events ADD COLUMN journal INTEGER;
ALTER TABLE edition_events ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
