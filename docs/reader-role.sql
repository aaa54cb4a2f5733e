-- The user that the server reads PostgreSQL as. It can do nothing but SELECT. The owner of the tables (who loads) runs
-- this once in each database: psql -d hkus -f docs/reader-role.sql; then \password hkus_reader. The role belongs to the
-- whole server, and its rights to one database. Running it again changes nothing.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hkus_reader') THEN
        CREATE ROLE hkus_reader LOGIN CONNECTION LIMIT 100;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO hkus_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO hkus_reader;
-- Tables that later migrations make are readable at once.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO hkus_reader;
-- The server sets the first two itself; here they hold for whoever else has the password.
ALTER ROLE hkus_reader SET default_transaction_read_only = on;
ALTER ROLE hkus_reader SET statement_timeout = '2s';
ALTER ROLE hkus_reader SET lock_timeout = '1s';
ALTER ROLE hkus_reader SET idle_in_transaction_session_timeout = '5s';
