-- A grant may end at an area instead of an organisation: it reaches the organisations of that area and of all below it.

ALTER TABLE post_roles ADD COLUMN area TEXT;
CREATE INDEX areas_by_parent ON areas (parent);
CREATE INDEX organisation_spans_by_area ON organisation_spans (area);
