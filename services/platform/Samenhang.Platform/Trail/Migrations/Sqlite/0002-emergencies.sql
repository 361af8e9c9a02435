-- Accesses in an emergency are few, and all of them are looked at.
CREATE INDEX trail_by_emergency ON trail (number) WHERE emergency IS NOT NULL;
