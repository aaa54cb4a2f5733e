-- The user that the server reads PostgreSQL as. It can do nothing but SELECT. Run once by the owner of the
-- tables (who loads), connected to the database: psql -f docs/reader-role.sql; then \password hkus_reader.
CREATE ROLE hkus_reader LOGIN CONNECTION LIMIT 100;
GRANT USAGE ON SCHEMA public TO hkus_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO hkus_reader;
-- Tables that later migrations make are readable at once.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO hkus_reader;
-- The server sets the first two itself; here they hold for whoever else has the password.
ALTER ROLE hkus_reader SET default_transaction_read_only = on;
ALTER ROLE hkus_reader SET statement_timeout = '2s';
ALTER ROLE hkus_reader SET lock_timeout = '1s';
ALTER ROLE hkus_reader SET idle_in_transaction_session_timeout = '5s';
