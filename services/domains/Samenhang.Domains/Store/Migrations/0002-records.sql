-- A provision is one kind of record among others. Ids are UUIDv7, so their order is that in which the records were made.
CREATE TABLE record (
    kind           TEXT NOT NULL,
    record_id      TEXT NOT NULL,
    case_pseudonym TEXT,
    own_reference  TEXT,
    PRIMARY KEY (kind, record_id)
);

INSERT INTO record (kind, record_id, case_pseudonym) SELECT 'provision', provision_id, case_pseudonym FROM provision;

DROP TABLE provision;

CREATE INDEX record_of_case ON record (kind, case_pseudonym, record_id);

CREATE INDEX record_of_reference ON record (kind, own_reference, record_id);
