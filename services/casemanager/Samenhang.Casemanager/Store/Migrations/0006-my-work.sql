-- What those who hold cases search and sort by (WorklistTable). One row for each case; each order has an index that a page is read from.
CREATE TABLE worklist_case (
    case_id       TEXT NOT NULL PRIMARY KEY,
    area          TEXT NOT NULL, -- the municipality or region; '' = none
    sort_title    TEXT NOT NULL, -- the title in small letters without accents
    urgency       TEXT NOT NULL, -- 3 minus the severity of the gravest finding, then the term that passes first
    severity      INTEGER NOT NULL,
    round_status  INTEGER NOT NULL,
    changed_at    TEXT NOT NULL, -- UTC, of what a person would want to know
    acted_at      TEXT NOT NULL, -- UTC, when a person did something last
    next_due      TEXT,
    assignee      TEXT NOT NULL, -- the subject of who holds it; '' = nobody
    assignee_name TEXT NOT NULL,
    gravest_nl    TEXT,
    gravest_en    TEXT,
    change_nl     TEXT,
    change_en     TEXT
);

CREATE INDEX worklist_case_urgency ON worklist_case (area, urgency, case_id);
CREATE INDEX worklist_case_changed ON worklist_case (area, changed_at, case_id);
CREATE INDEX worklist_case_title ON worklist_case (area, sort_title, case_id);
CREATE INDEX worklist_case_opened ON worklist_case (area, case_id);
CREATE INDEX worklist_case_status ON worklist_case (round_status, case_id);
CREATE INDEX worklist_case_assignee ON worklist_case (assignee, urgency, case_id);

-- The words of titles. Searched by their beginning, and by case when another word is rarer.
CREATE TABLE worklist_word (
    word    TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (word, case_id)
);

CREATE INDEX worklist_word_case ON worklist_word (case_id, word);

-- The families of findings that ask attention.
CREATE TABLE worklist_family (
    family  TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (family, case_id)
);

CREATE INDEX worklist_family_case ON worklist_family (case_id, family);

-- What waits for somebody in a case.
CREATE TABLE worklist_line (
    case_id  TEXT NOT NULL,
    kind     INTEGER NOT NULL, -- 1 finding, 2 term, 3 answer, 4 hand-over
    item     TEXT NOT NULL,
    severity INTEGER NOT NULL,
    since    TEXT NOT NULL,
    due      TEXT,
    text_nl  TEXT,
    text_en  TEXT,
    step_nl  TEXT,
    step_en  TEXT,
    from_who TEXT,
    to_who   TEXT,
    PRIMARY KEY (case_id, kind, item)
);
