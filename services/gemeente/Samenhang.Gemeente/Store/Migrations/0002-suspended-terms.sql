-- A term that stands still is neither due nor overdue.
ALTER TABLE open_term ADD COLUMN suspended_since TEXT;
