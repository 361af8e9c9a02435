-- Payloads are sealed bytes (PayloadSeal), each with the key of its stream. Those of before are JSON and stay as they are: the log is append-only.
-- They were made small before they were sealed; compressing them here would cost time and gain nothing.
ALTER TABLE event ALTER COLUMN payload TYPE bytea USING convert_to(payload::text, 'UTF8');
ALTER TABLE event ALTER COLUMN payload SET STORAGE EXTERNAL;
ALTER TABLE request ALTER COLUMN reply SET STORAGE EXTERNAL;

-- Of which stream a reply tells: it is sealed with its key. Null = of before.
ALTER TABLE request ADD COLUMN stream_id text;

-- The key of each stream, itself closed with a key that lies outside the database. Without it the events of the stream are noise.
CREATE TABLE stream_key (
    stream_id text  PRIMARY KEY,
    key_id    text  NOT NULL, -- with which key it is closed
    closed    bytea           -- null = the stream was erased
);

-- The keys with which something was closed here: a process that lacks one does not start.
CREATE TABLE key_used (
    key_id text PRIMARY KEY
);

DROP FUNCTION append(text, bigint, timestamptz, uuid, text, bytea, bytea, uuid[], text[], text[], timestamptz[], boolean[], text[]);

-- Writes what one decision leads to, or nothing: an expected failure is an error of class SH, so that the rows that are sent with it fall
-- with it. SH001 this message had its effect before; SH002 this request was answered before; SH003 the stream is at another version (the last word of the message).
CREATE FUNCTION append(
    in_stream text, expected bigint, moment timestamptz, in_message uuid, in_request text, in_hash bytea, in_reply bytea,
    ids uuid[], types text[], payloads bytea[], moments timestamptz[], published boolean[], traces text[]) RETURNS void LANGUAGE plpgsql AS $$
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
        INSERT INTO request (request_id, content_hash, reply, answered_on, stream_id) VALUES (in_request, in_hash, in_reply, moment, in_stream) ON CONFLICT DO NOTHING;
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
    SELECT in_stream, expected + place, id, type, payload, occurred, moment, in_request, in_message, publish, trace
    FROM unnest(ids, types, payloads, moments, published, traces) WITH ORDINALITY AS new (id, type, payload, occurred, publish, trace, place)
    ORDER BY place;
END $$;
