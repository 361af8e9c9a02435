-- Which provisions a case has. Ids are UUIDv7, so their order is that of the requests.
CREATE TABLE provision (
    provision_id   TEXT PRIMARY KEY,
    case_pseudonym TEXT NOT NULL
);

CREATE INDEX provision_of_case ON provision (case_pseudonym, provision_id);
