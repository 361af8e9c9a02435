-- The terms that run for a client, so that a municipality can ask for what is due over all of its clients.
CREATE TABLE open_term (
    client_id         TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    client_reference  TEXT NOT NULL,
    rule              TEXT NOT NULL,
    about             TEXT NOT NULL,
    started_on        TEXT NOT NULL,
    due_on            TEXT NOT NULL
);

CREATE INDEX open_term_of_client ON open_term (client_id);

CREATE INDEX open_term_of_municipality ON open_term (municipality_code, due_on);
