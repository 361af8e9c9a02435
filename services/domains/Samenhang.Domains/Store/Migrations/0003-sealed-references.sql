-- By which name a domain knows a person is found by a keyed hash (own_reference); beside it lies the name itself, sealed, so that a new key can make the hash anew.
ALTER TABLE record ADD COLUMN sealed_reference TEXT;
