-- What those who steer count (SteeringTable): when something asked attention in a case, and on which days somebody did something.
CREATE TABLE steering_case (
    case_id   TEXT PRIMARY KEY,
    region    TEXT, -- the municipality; null when the case names none
    fixed_day TEXT  -- the day on which the case is always judged; null when it goes on with the calendar
);

CREATE TABLE steering_spell (
    case_id       TEXT NOT NULL,
    subject       TEXT NOT NULL,    -- the flag, or 'hand-over'
    family        TEXT NOT NULL,    -- of the flag, or 'hand-over'
    item          TEXT NOT NULL,    -- on what in the case
    number        INTEGER NOT NULL, -- 1 the first time, 2 when it came back
    severity      INTEGER NOT NULL, -- 0 none, 1 info, 2 attention, 3 urgent
    organisation  TEXT,             -- that must act, else its role
    waiting_since TEXT,
    opened_on     TEXT NOT NULL,
    closed_on     TEXT,             -- null while it goes on
    PRIMARY KEY (case_id, subject, item, number)
);

CREATE INDEX steering_spell_family ON steering_spell (family, opened_on);
CREATE INDEX steering_spell_subject ON steering_spell (subject, opened_on);

CREATE TABLE steering_day (
    case_id TEXT NOT NULL,
    day     TEXT NOT NULL,
    PRIMARY KEY (case_id, day)
);
