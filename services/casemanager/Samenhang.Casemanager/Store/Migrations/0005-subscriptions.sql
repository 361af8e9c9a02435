-- Who listens; what each listens to stands in its stream.
CREATE TABLE subscription_row (
    subscription_id TEXT NOT NULL PRIMARY KEY,
    audience        TEXT NOT NULL,
    identity        TEXT NOT NULL
);
