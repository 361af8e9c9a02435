-- The event table is the audit trail, the outbox and the feed of one service: rows are only ever added.
CREATE TABLE event (
    position       INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_id      TEXT    NOT NULL,
    stream_version INTEGER NOT NULL CHECK (stream_version > 0),
    message_id     TEXT    NOT NULL UNIQUE,
    type           TEXT    NOT NULL,
    payload        TEXT    NOT NULL CHECK (json_valid(payload)),
    occurred_on    TEXT    NOT NULL,
    recorded_on    TEXT    NOT NULL,
    request_id     TEXT,             -- the command that led to it, as the caller named it
    caused_by      TEXT,             -- the bus message that led to it
    publish        INTEGER NOT NULL CHECK (publish IN (0, 1)),
    UNIQUE (stream_id, stream_version)
) STRICT;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'The event table is append-only: no row is changed.');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'The event table is append-only: no row is removed.');
END;

-- The bus messages whose effect is in this store; written in the same transaction as the effect.
CREATE TABLE inbox (
    message_id TEXT NOT NULL PRIMARY KEY,
    handled_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The commands that were answered: the same request id with the same content gets the same reply.
CREATE TABLE request (
    request_id   TEXT NOT NULL PRIMARY KEY,
    content_hash BLOB NOT NULL,
    reply        BLOB NOT NULL,
    answered_on  TEXT NOT NULL
) STRICT;

-- How far a reader of the feed (for example the relay) has come.
CREATE TABLE feed_cursor (
    name     TEXT    NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
