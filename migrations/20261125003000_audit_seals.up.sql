-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation
-- Which transaction wrote a line, so that sealing knows when no earlier one can appear any more.
alter table audit_log add column transaction xid8 not null default pg_current_xact_id();
create index audit_log_transaction on audit_log (transaction);
create index audit_log_target on audit_log (workspace_id, target_id, id);
create index audit_log_actor on audit_log (workspace_id, actor_id, id);

-- Seals: one for what was written since the one before. `root` is the root of a Merkle tree over the
-- leaves (RFC 6962), `hash` that of the seal itself, which the next one names as `previous`.
create table audit_seals (
  number bigint primary key,
  leaves integer not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null unique,
  -- Ed25519 over the hash; the key by its fingerprint.
  key_id text not null,
  signature bytea not null,
  -- Every line of a transaction before it is sealed.
  horizon xid8 not null,
  sealed_at timestamptz not null,
  constraint audit_seals_some_leaves check (leaves > 0)
);

-- What was sealed, line by line: it stays when a line is changed, taken away or moved to the archive.
create table audit_leaves (
  seal bigint not null references audit_seals (number),
  place integer not null,
  workspace_id uuid not null references workspaces (id),
  line_id uuid not null unique,
  hash bytea not null,
  primary key (seal, place)
);

create index audit_leaves_workspace on audit_leaves (workspace_id);

-- Seals as they were given out, for sinks that are this database.
create table audit_checkpoints (
  number bigint primary key,
  checkpoint jsonb not null,
  exported_at timestamptz not null default now()
);

-- Archived lines, for sinks that are this database: one JSON text a line, gzipped.
create table audit_archived_lines (
  name text primary key,
  packed bytea not null,
  archived_at timestamptz not null default now()
);

-- Seals whose lines were moved to the archive, each batch signed.
create table audit_archives (
  id uuid primary key,
  first_seal bigint not null references audit_seals (number),
  last_seal bigint not null references audit_seals (number),
  lines integer not null,
  -- SHA-256 of the archived lines, one JSON text a line.
  digest bytea not null,
  key_id text not null,
  signature bytea not null,
  archived_at timestamptz not null default now(),
  unique (first_seal),
  constraint audit_archives_in_order check (first_seal <= last_seal)
);

-- Nothing here is ever changed, and lines leave only by the function below.
create function app.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_user = 'pf_policy' then
    return old;
  end if;
  raise insufficient_privilege using message = format('%s is only ever added to.', tg_table_name);
end
$$;

create trigger only_added_to before update or delete on audit_log
for each row execute function app.refuse_change();
create trigger only_added_to before update or delete on audit_seals
for each row execute function app.refuse_change();
create trigger only_added_to before update or delete on audit_leaves
for each row execute function app.refuse_change();
create trigger only_added_to before update or delete on audit_archives
for each row execute function app.refuse_change();

call app.protect('audit_leaves');

-- Takes away the lines of seals that were archived; answers how many.
create function app.forget_archived(first_of bigint, last_of bigint) returns integer
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  forgotten integer;
begin
  if not exists (
    select from audit_archives where first_seal = first_of and last_seal = last_of
  ) then
    raise insufficient_privilege using message = 'These seals were not archived.';
  end if;
  delete from audit_log using audit_leaves
  where audit_log.id = line_id and seal between first_of and last_of;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;

grant select, delete on audit_log to pf_policy;
grant select on audit_leaves, audit_archives to pf_policy;
create policy policies on audit_log to pf_policy using (true);
create policy policies on audit_leaves for select to pf_policy using (true);
grant create on schema app to pf_policy;
alter function app.forget_archived(bigint, bigint) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.forget_archived(bigint, bigint), app.refuse_change() from public;
grant execute on function app.forget_archived(bigint, bigint) to pf_worker;

grant select on audit_log to pf_worker;
grant select, insert on audit_seals, audit_leaves, audit_checkpoints, audit_archived_lines,
audit_archives to pf_worker;
grant select on audit_leaves, audit_seals to pf_api;
