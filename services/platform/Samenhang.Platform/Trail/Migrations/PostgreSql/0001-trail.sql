-- Who read, searched, changed or was refused what: a line for each call, after each other in one chain. The hash of a line is the SHA-256 of
-- the hash before it, its number and its fields (TrailChain); so no line can be altered, left out or moved without breaking the chain.
CREATE TABLE trail (
    number          bigint      PRIMARY KEY CHECK (number > 0),
    format          smallint    NOT NULL, -- which fields the hash covers
    occurred_on     timestamptz NOT NULL,
    service         text        NOT NULL,
    instance        text        NOT NULL,
    method          text        NOT NULL,
    part            text,                 -- of what the method tells: finding, provision:0199…
    action          text        NOT NULL, -- C, R, U, D or E (NEN 7513)
    outcome         smallint    NOT NULL, -- 0, 4, 8 or 12 (NEN 7513)
    status          text        NOT NULL, -- as gRPC calls it
    activity        text        NOT NULL, -- the processing activity
    issuer          text,
    subject         text,
    actor           text,                 -- the service that called on behalf of the subject
    role            text,
    organisation    text,
    tenant          text,
    purpose         text,
    ground          text,
    emergency       text,                 -- the reason of an access in an emergency
    peer            text,
    case_key        text,                 -- the case, or its pseudonym in a domain
    missing         text,                 -- what a refused call lacked
    confidentiality text        NOT NULL, -- normaal or vertrouwelijk
    lifts           bigint,               -- the line of which the confidentiality ends
    trace_id        text,
    previous        bytea       NOT NULL,
    hash            bytea       NOT NULL
);

CREATE INDEX trail_by_case ON trail (case_key, number) WHERE case_key IS NOT NULL;

-- Where the chain ends, and up to which line the period of keeping is over. Who holds the row writes the next lines: one chain, whatever the
-- number of processes.
CREATE TABLE trail_head (
    only_one  boolean PRIMARY KEY CHECK (only_one),
    number    bigint  NOT NULL,
    hash      bytea   NOT NULL,
    forgotten bigint  NOT NULL
) WITH (fillfactor = 50); -- Room for the next head on the same page.

INSERT INTO trail_head (only_one, number, hash, forgotten) VALUES (true, 0, decode(repeat('00', 32), 'hex'), 0);

CREATE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.number <= (SELECT forgotten FROM trail_head) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'The trail is append-only: no line is changed, or removed before its time.';
END $$;

CREATE TRIGGER trail_is_never_changed BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION refuse_change_of_trail();

-- Adds lines at the end of the chain, in one round trip: the head is locked here and not while the caller thinks.
-- lines: an array of objects with the columns of the table; bodies: what the hash of each covers.
CREATE FUNCTION append_trail(lines json, bodies bytea[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last  bigint;
    link  bytea;
    links bytea[];
BEGIN
    SELECT number, hash INTO STRICT last, link FROM trail_head FOR UPDATE;
    links := ARRAY[link];
    FOR place IN 1..cardinality(bodies) LOOP
        link := sha256(link || int8send(last + place) || bodies[place]);
        links := array_append(links, link);
    END LOOP;

    INSERT INTO trail (
        number, format, occurred_on, service, instance, method, part, action, outcome, status, activity, issuer, subject, actor, role,
        organisation, tenant, purpose, ground, emergency, peer, case_key, missing, confidentiality, lifts, trace_id, previous, hash)
    SELECT
        last + place, format, occurred_on, service, instance, method, part, action, outcome, status, activity, issuer, subject, actor, role,
        organisation, tenant, purpose, ground, emergency, peer, case_key, missing, confidentiality, lifts, trace_id, links[place], links[place + 1]
    FROM (
        SELECT element.place, line.*
        FROM json_array_elements(lines) WITH ORDINALITY AS element (fields, place), json_populate_record(NULL::trail, element.fields) AS line) AS fresh;

    UPDATE trail_head SET number = last + cardinality(bodies), hash = link;
    RETURN last + cardinality(bodies);
END $$;
