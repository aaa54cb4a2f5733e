#!/bin/sh
# Gives the role of docs/reader-role.sql its password. compose.yaml runs it once, when the database is made.
set -eu
psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=password="$READER_PASSWORD" <<'SQL'
ALTER ROLE hkus_reader PASSWORD :'password';
SQL
