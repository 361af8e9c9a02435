-- Titles, names and sentences about a case are sealed (StoreKeys), words and who holds a case are keyed hashes. The order by title is that of the opened titles.
DROP INDEX worklist_case_title;

ALTER TABLE worklist_case DROP COLUMN sort_title;
