-- One service in the database: a role of its own that owns the schema of its name and has rights on nothing else.
-- Run by psql as the administrator, connected to the database, after \set service and \set password. Running it again changes the
-- password and nothing else.
SELECT format('CREATE ROLE %I', 'samenhang_' || :'service')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'samenhang_' || :'service') \gexec

SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD %L', 'samenhang_' || :'service', :'password') \gexec

SELECT format('CREATE SCHEMA %I AUTHORIZATION %I', :'service', 'samenhang_' || :'service')
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = :'service') \gexec

SELECT format('ALTER ROLE %I SET search_path = %I', 'samenhang_' || :'service', :'service') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'samenhang_' || :'service') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;
