#!/usr/bin/env bash
# Run by the image of PostgreSQL at its first start: a schema and a role for each service, and for the casemanager's vault.
set -euo pipefail

for service in casemanager zvw gemeente uwv employer vault; do
    # On the standard input, because every user of the machine can read arguments.
    { printf '\\set service %s\n\\set password %s\n' "$service" "$(<"/run/secrets/$service.database-password")"; cat /etc/samenhang/service.sql; } |
        psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB"
done
