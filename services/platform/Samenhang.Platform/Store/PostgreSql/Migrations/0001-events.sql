-- The event table is the audit trail, the outbox and the feed of one service: rows are only ever added. A partition for each month keeps
-- indexes small and lets old months move to slower disks.

-- Who holds the row of a stream may write the next version; it also makes versions unique over the partitions of event.
CREATE TABLE stream (
    stream_id text   PRIMARY KEY,
    version   bigint NOT NULL CHECK (version > 0)
) WITH (fillfactor = 70); -- Room for the next version on the same page.

-- One at a time (no cache), so that positions follow the order in which they were drawn; the reader relies on it.
CREATE SEQUENCE event_position AS bigint CACHE 1;

CREATE TABLE event (
    position       bigint      NOT NULL DEFAULT nextval('event_position'),
    stream_id      text        NOT NULL,
    stream_version bigint      NOT NULL CHECK (stream_version > 0),
    message_id     uuid        NOT NULL,
    type           text        NOT NULL,
    payload        json        COMPRESSION lz4 NOT NULL,
    occurred_on    timestamptz NOT NULL,
    recorded_on    timestamptz NOT NULL,
    request_id     text,        -- the command that led to it, as the caller named it
    caused_by      uuid,        -- the bus message that led to it
    publish        boolean     NOT NULL,
    trace_parent   text         -- the trace of the command that led to it
) PARTITION BY RANGE (recorded_on);

CREATE INDEX event_by_position ON event (position);
CREATE INDEX event_by_stream ON event (stream_id, stream_version);
CREATE TABLE event_default PARTITION OF event DEFAULT;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The event table is append-only: no row is changed or removed.';
END $$;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The bus messages whose effect is in this store; written in the same transaction as the effect. Ids are UUIDv7, which begin with their
-- moment: a partition is a month, and an id is unique over all of them.
CREATE TABLE inbox (
    message_id uuid        PRIMARY KEY,
    handled_on timestamptz NOT NULL
) PARTITION BY RANGE (message_id);

CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;

-- The commands that were answered: the same request id with the same content gets the same reply.
CREATE TABLE request (
    request_id   text        PRIMARY KEY,
    content_hash bytea       NOT NULL,
    reply        bytea       COMPRESSION lz4 NOT NULL,
    answered_on  timestamptz NOT NULL
);

CREATE INDEX request_by_age ON request (answered_on);

-- How far a reader of the feed (for example the relay) has come.
CREATE TABLE feed_cursor (
    name     text   PRIMARY KEY,
    position bigint NOT NULL
);

-- The smallest UUIDv7 of a moment.
CREATE FUNCTION first_id_of(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (rpad(lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0'), 32, '0'))::uuid
$$;

-- Makes the partitions of the month of a moment and of two months after it. Called at the start and every day.
CREATE FUNCTION make_partitions(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month timestamptz;
    next  timestamptz;
    name  text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('samenhang partitions ' || current_schema(), 0)); -- One process at a time.
    FOR n IN 0..2 LOOP
        month := (date_trunc('month', moment AT TIME ZONE 'UTC') + make_interval(months => n)) AT TIME ZONE 'UTC';
        next := (date_trunc('month', moment AT TIME ZONE 'UTC') + make_interval(months => n + 1)) AT TIME ZONE 'UTC';
        name := to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass('event_' || name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)', 'event_' || name, month, next);
        END IF;
        IF to_regclass('inbox_' || name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)', 'inbox_' || name, first_id_of(month), first_id_of(next));
        END IF;
    END LOOP;
END $$;

-- Forgets handled messages and answered requests of before a moment: whole months where they lie in one, rows where not.
CREATE FUNCTION forget(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    old text;
BEGIN
    FOR old IN
        SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        WHERE inhparent = 'inbox'::regclass AND child.relname ~ '^inbox_\d{4}_\d{2}$'
            AND (to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= moment
    LOOP
        EXECUTE format('DROP TABLE %I', old);
    END LOOP;
    DELETE FROM inbox WHERE handled_on < moment;
    DELETE FROM request WHERE answered_on < moment;
END $$;

-- Writes what one decision leads to, or nothing: an expected failure is an error of class SH, so that the rows that are sent with it fall
-- with it. SH001 this message had its effect before; SH002 this request was answered before; SH003 the stream is at another version (the last word of the message).
CREATE FUNCTION append(
    in_stream text, expected bigint, moment timestamptz, in_message uuid, in_request text, in_hash bytea, in_reply bytea,
    ids uuid[], types text[], payloads text[], moments timestamptz[], published boolean[], traces text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    stands bigint;
BEGIN
    IF in_message IS NOT NULL THEN
        INSERT INTO inbox (message_id, handled_on) VALUES (in_message, moment) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'SH001', MESSAGE = 'handled before';
        END IF;
    END IF;
    IF in_request IS NOT NULL THEN
        INSERT INTO request (request_id, content_hash, reply, answered_on) VALUES (in_request, in_hash, in_reply, moment) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'SH002', MESSAGE = 'answered before';
        END IF;
    END IF;

    -- Takes the row of the stream before a position is drawn: whoever holds a position has a transaction id by then (FeedGaps relies on it).
    IF cardinality(ids) = 0 THEN
        PERFORM 1 FROM stream WHERE stream_id = in_stream AND version = expected FOR SHARE;
        IF NOT FOUND AND expected = 0 THEN
            PERFORM 1 FROM stream WHERE stream_id = in_stream;
            IF NOT FOUND THEN
                RETURN;
            END IF;
            stands := -1;
        ELSIF NOT FOUND THEN
            stands := -1;
        END IF;
    ELSIF expected = 0 THEN
        INSERT INTO stream (stream_id, version) VALUES (in_stream, cardinality(ids)) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            stands := -1;
        END IF;
    ELSE
        UPDATE stream SET version = version + cardinality(ids) WHERE stream_id = in_stream AND version = expected;
        IF NOT FOUND THEN
            stands := -1;
        END IF;
    END IF;
    IF stands = -1 THEN
        SELECT version INTO stands FROM stream WHERE stream_id = in_stream;
        RAISE EXCEPTION USING ERRCODE = 'SH003', MESSAGE = 'the stream is at version ' || coalesce(stands, 0);
    END IF;

    INSERT INTO event (stream_id, stream_version, message_id, type, payload, occurred_on, recorded_on, request_id, caused_by, publish, trace_parent)
    SELECT in_stream, expected + place, id, type, payload::json, occurred, moment, in_request, in_message, publish, trace
    FROM unnest(ids, types, payloads, moments, published, traces) WITH ORDINALITY AS new (id, type, payload, occurred, publish, trace, place)
    ORDER BY place;
END $$;
