#!/bin/sh
# What a container of our image does: one of the servers, the migrations, or a health check.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
  api) exec node api/server.ts ;;
  collab) exec node collab/server.ts ;;
  worker) exec node engine/worker.ts ;;
  migrate) exec node migrations/migrate.ts up ;;
  verify-audit) exec node activities/audit/verify-command.ts ;;
  replay) shift; exec node engine/replay-command.ts "$@" ;;
  rotate-keys) exec node activities/keys/rotate.ts ;;
  operators) shift; exec node activities/rbac/operators-command.ts "$@" ;;
  ready)
    exec node --eval "fetch('http://127.0.0.1:$2/ready', { signal: AbortSignal.timeout(2000) })
      .then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"
    ;;
  *)
    echo 'Say what to run: api, collab, worker, migrate, rotate-keys, verify-audit, operators, replay, or ready PORT.' >&2
    exit 64
    ;;
esac
