#!/bin/sh
# Brings Temporal's two databases to the schema of this version; done already, it changes nothing.
set -eu

# The tool reads the password from this variable.
SQL_PASSWORD=$(cat /run/secrets/temporal_postgres_password)
export SQL_PASSWORD

schemas=/etc/temporal/schema/postgresql/v12

bring_up() {
  database=$1
  tool="temporal-sql-tool --plugin postgres12 --ep postgres --port 5432 --user temporal"
  $tool --db "$database" create
  $tool --db "$database" setup-schema --version 0.0
  $tool --db "$database" update-schema --schema-dir "$schemas/$2/versioned"
}

bring_up temporal temporal
bring_up temporal_visibility visibility
