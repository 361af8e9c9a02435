-- Payloads are sealed bytes (PayloadSeal), each with the key of its stream. Those of before are JSON and stay as they are: the log is append-only.
CREATE TABLE sealed_event (
    position       INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_id      TEXT    NOT NULL,
    stream_version INTEGER NOT NULL CHECK (stream_version > 0),
    message_id     TEXT    NOT NULL UNIQUE,
    type           TEXT    NOT NULL,
    payload        BLOB    NOT NULL,
    occurred_on    TEXT    NOT NULL,
    recorded_on    TEXT    NOT NULL,
    request_id     TEXT,             -- the command that led to it, as the caller named it
    caused_by      TEXT,             -- the bus message that led to it
    publish        INTEGER NOT NULL CHECK (publish IN (0, 1)),
    trace_parent   TEXT,             -- the trace of the command that led to it
    UNIQUE (stream_id, stream_version)
) STRICT;

INSERT INTO sealed_event SELECT position, stream_id, stream_version, message_id, type, CAST(payload AS BLOB), occurred_on, recorded_on, request_id, caused_by, publish, trace_parent FROM event;

DROP TABLE event;

ALTER TABLE sealed_event RENAME TO event;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'The event table is append-only: no row is changed.');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'The event table is append-only: no row is removed.');
END;

-- The key of each stream, itself closed with a key that lies outside the database. Without it the events of the stream are noise.
CREATE TABLE stream_key (
    stream_id TEXT NOT NULL PRIMARY KEY,
    key_id    TEXT NOT NULL, -- with which key it is closed
    closed    BLOB           -- null = the stream was erased
) STRICT, WITHOUT ROWID;

-- The keys with which something was closed here: a process that lacks one does not start.
CREATE TABLE key_used (
    key_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Of which stream a reply tells: it is sealed with its key. Null = of before.
ALTER TABLE request ADD COLUMN stream_id TEXT;
