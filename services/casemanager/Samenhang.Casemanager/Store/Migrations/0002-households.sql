-- In which households a case is or was; a row stays when the member leaves, so that the case hears of it.
CREATE TABLE household_member (
    household_id TEXT NOT NULL,
    case_id      TEXT NOT NULL,
    PRIMARY KEY (household_id, case_id)
);

CREATE INDEX household_member_case ON household_member (case_id);
