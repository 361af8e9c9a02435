-- The trace of the command that led to an event, so that its message goes on with the same trace.
ALTER TABLE event ADD COLUMN trace_parent TEXT;
