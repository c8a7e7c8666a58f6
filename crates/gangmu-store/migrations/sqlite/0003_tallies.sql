-- Counts of an edition's commitments by clause and standing, answered from the index alone: rows are wide.

CREATE INDEX commitments_tally ON commitments (edition, clause, standing, listed, owned);
