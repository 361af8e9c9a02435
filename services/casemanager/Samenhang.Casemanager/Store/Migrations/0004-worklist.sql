-- The worklist of one who sees all tenants is read as that of one tenant is: by severity, newest first.
CREATE INDEX case_row_severity ON case_row (severity, case_id);
