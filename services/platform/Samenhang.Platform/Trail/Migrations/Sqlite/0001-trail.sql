-- Who read, searched, changed or was refused what: a line for each call, after each other in one chain. The hash of a line is the SHA-256 of
-- the hash before it, its number and its fields (TrailChain); so no line can be altered, left out or moved without breaking the chain.
CREATE TABLE trail (
    number          INTEGER PRIMARY KEY CHECK (number > 0),
    format          INTEGER NOT NULL, -- which fields the hash covers
    occurred_on     TEXT    NOT NULL,
    service         TEXT    NOT NULL,
    instance        TEXT    NOT NULL,
    method          TEXT    NOT NULL,
    part            TEXT,             -- of what the method tells: finding, provision:0199…
    action          TEXT    NOT NULL, -- C, R, U, D or E (NEN 7513)
    outcome         INTEGER NOT NULL, -- 0, 4, 8 or 12 (NEN 7513)
    status          TEXT    NOT NULL, -- as gRPC calls it
    activity        TEXT    NOT NULL, -- the processing activity
    issuer          TEXT,
    subject         TEXT,
    actor           TEXT,             -- the service that called on behalf of the subject
    role            TEXT,
    organisation    TEXT,
    tenant          TEXT,
    purpose         TEXT,
    ground          TEXT,
    emergency       TEXT,             -- the reason of an access in an emergency
    peer            TEXT,
    case_key        TEXT,             -- the case, or its pseudonym in a domain
    missing         TEXT,             -- what a refused call lacked
    confidentiality TEXT    NOT NULL, -- normaal or vertrouwelijk
    lifts           INTEGER,          -- the line of which the confidentiality ends
    trace_id        TEXT,
    previous        BLOB    NOT NULL,
    hash            BLOB    NOT NULL
) STRICT;

CREATE INDEX trail_by_case ON trail (case_key, number) WHERE case_key IS NOT NULL;

-- Where the chain ends, and up to which line the period of keeping is over.
CREATE TABLE trail_head (
    only_one  INTEGER PRIMARY KEY CHECK (only_one = 1),
    number    INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    forgotten INTEGER NOT NULL
) STRICT;

INSERT INTO trail_head (only_one, number, hash, forgotten) VALUES (1, 0, zeroblob(32), 0);

CREATE TRIGGER trail_is_never_changed BEFORE UPDATE ON trail
BEGIN
    SELECT RAISE(ABORT, 'The trail is append-only: no line is changed.');
END;

CREATE TRIGGER trail_is_never_removed BEFORE DELETE ON trail WHEN OLD.number > (SELECT forgotten FROM trail_head)
BEGIN
    SELECT RAISE(ABORT, 'The trail is append-only: no line is removed before its time.');
END;
