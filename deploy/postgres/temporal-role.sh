#!/bin/sh
# Runs once, when the cluster is made: Temporal gets a role of its own that makes its databases.
set -eu
password=$(cat /run/secrets/temporal_postgres_password)
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --set=password="$password" <<'SQL'
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'password';
SQL
