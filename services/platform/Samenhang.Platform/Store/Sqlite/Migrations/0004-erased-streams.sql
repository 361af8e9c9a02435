-- Which streams were erased: looked at for every event that is read, and mostly empty.
CREATE INDEX stream_key_erased ON stream_key (stream_id) WHERE closed IS NULL;
