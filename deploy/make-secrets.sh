#!/bin/sh
# Makes .env and every secret docker-compose.yml asks for, in secrets/; what is there stays as it is.
# Only its owner enters the folder. The files can be read by all, or containers could not; what is to
# be filled in by hand can be written to as well.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets

# Each comes whole, or not at all: half a secret would be taken for one.
keep() {
  [ ! -e "secrets/$1" ] || return 0
  printf '%s\n' "$2" >"secrets/$1.new"
  chmod "${3:-444}" "secrets/$1.new"
  mv "secrets/$1.new" "secrets/$1"
  echo "made secrets/$1"
}
password() { openssl rand -hex 32; }
key() { openssl rand -base64 32 | tr '+/' '-_' | tr -d '='; }
# What an older .env holds is taken over, or an update would lock itself out.
known_or() {
  known=$(sed -n "s/^$1=//p" .env 2>/dev/null || :)
  if [ -n "$known" ]; then echo "$known"; else "$2"; fi
}
kept() { cat "secrets/$1"; }

keep postgres_password "$(known_or POSTGRES_PASSWORD password)"
keep temporal_postgres_password "$(known_or TEMPORAL_POSTGRES_PASSWORD password)"
keep redis_password "$(known_or REDIS_PASSWORD password)"
keep auth_key "$(known_or AUTH_KEY key)"
keep command_key "$(known_or COMMAND_KEY key)"
keep master_key "$(key)"
keep audit_key "$(key)"
keep database_url "postgres://projectflow:$(kept postgres_password)@postgres:5432/projectflow"
for process in api actions worker collab; do
  keep "${process}_database_url" \
    "postgres://projectflow_$process:$(password)@postgres:5432/projectflow"
done
keep redis_url "redis://:$(kept redis_password)@redis:6379"
# Until it holds smtps://name:password@host, no letters are sent.
keep smtp_url none 644
# Until it holds what Google or another issuer has given you, people sign in with passwords alone.
keep oidc_client_secret none 644
# Until it holds the secret of a bucket's key, files are kept on the disk.
keep s3_secret_access_key none 644
# Until it holds what a collector of spans lets us in by, as in api-key=VALUE, nothing is sent along.
keep otel_exporter_otlp_headers none 644
keep redis_conf "requirepass $(kept redis_password)"

[ ! -e .env ] || exit 0
sed "s/^TEMPORAL_POSTGRES_PASSWORD=$/&$(kept temporal_postgres_password)/" deploy/.env.example >.env
echo 'made .env: say in it where people reach ProjectFlow (PUBLIC_URL)'
