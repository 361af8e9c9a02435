-- The worklist: one row for each case, kept up to date with every change. Ids are UUIDv7, so their order is that of opening.
CREATE TABLE case_row (
    case_id       TEXT PRIMARY KEY,
    title         TEXT NOT NULL,
    tenant        TEXT,
    version       INTEGER NOT NULL,
    plan_version  INTEGER NOT NULL,
    severity      INTEGER NOT NULL, -- of the gravest finding: 0 none, 1 info, 2 attention, 3 urgent
    finding_count INTEGER NOT NULL,
    round         INTEGER NOT NULL,
    round_status  INTEGER NOT NULL, -- 1 nothing to ask, 2 asking, 3 planned
    waiting_since TEXT              -- UTC, of the newest question; null when no answer is awaited
);

CREATE INDEX case_row_worklist ON case_row (tenant, severity, case_id);
CREATE INDEX case_row_waiting ON case_row (waiting_since) WHERE waiting_since IS NOT NULL;

-- By which name a domain knows a case.
CREATE TABLE pseudonym (
    service   TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    PRIMARY KEY (service, pseudonym)
);
