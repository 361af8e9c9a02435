-- Which cases were erased, and what must still follow (ErasureDesk). Of the case itself nothing stands here but its municipality, so that it stays the business of that one.
CREATE TABLE erasure (
    case_id   TEXT NOT NULL PRIMARY KEY,
    area      TEXT NOT NULL, -- '' = none
    erased_on TEXT NOT NULL, -- UTC
    to_follow TEXT           -- sealed: who did it and who must hear of it; null when all of it was done
);

CREATE INDEX erasure_to_follow ON erasure (case_id) WHERE to_follow IS NOT NULL;
