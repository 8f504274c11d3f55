-- Row-level security: Postgres itself lets a process see and change only the rows of the workspaces
-- it acts for, whatever SQL it is made to run. docs/decisions/027 has the reasons and the measures.

-- Groups of the whole cluster; what a process logs in as is a member of one (migrations/logins.ts).
do $$
declare
  wanted text;
begin
  foreach wanted in array array['pf_policy', 'pf_api', 'pf_actions', 'pf_worker', 'pf_collab'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end
$$;

create schema app;
grant usage on schema app to pf_policy, pf_api, pf_actions, pf_worker, pf_collab;

-- What each login signs its contexts with: a key of HMAC-SHA-256, padded as RFC 2104 has it.
create table app.context_keys (
  login name primary key,
  inner_pad bytea not null,
  outer_pad bytea not null,
  -- Whether it may act for the house, in all workspaces at once.
  everywhere boolean not null,
  constraint context_keys_one_block check (
    octet_length(inner_pad) = 64 and octet_length(outer_pad) = 64
  )
);

grant select on app.context_keys to pf_policy;

create type app.identity as (user_id uuid, workspace_id uuid, everywhere boolean);

-- Whom the transaction acts for, as its process has signed it: `user|workspace|expires|mac` in the
-- setting app.ctx, the user and the workspace an id or empty, or `*` for the house; `expires` in
-- milliseconds. Null when nothing is set, which opens nothing; 42501 when it is forged or over.
-- For the functions below alone: it reads the keys as their owner.
create function app.context() returns app.identity
language plpgsql stable as $$
declare
  part text[] := string_to_array(nullif(current_setting('app.ctx', true), ''), '|');
  key app.context_keys;
begin
  if part is null then
    return null;
  end if;
  select * into key from app.context_keys where login = session_user;
  if not found or cardinality(part) <> 4 or encode(sha256(key.outer_pad || sha256(key.inner_pad
    || convert_to(part[1] || '|' || part[2] || '|' || part[3], 'UTF8'))), 'hex') <> part[4] then
    raise insufficient_privilege using message = 'The context is not signed by this login.';
  end if;
  if part[3]::bigint < extract(epoch from statement_timestamp()) * 1000 then
    raise insufficient_privilege using message = 'The context is over.';
  end if;
  if part[1] = '*' then
    if not key.everywhere then
      raise insufficient_privilege using message = 'This login may not act for the house.';
    end if;
    return row(null, null, true)::app.identity;
  end if;
  return row(nullif(part[1], '')::uuid, nullif(part[2], '')::uuid, false)::app.identity;
end
$$;

-- Who acts; null when it is no person.
create function app.me() returns uuid
language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return (app.context()).user_id;
end
$$;

-- The workspaces the context opens, to `read`, `write` or `administer` them.
create function app.workspaces_to(purpose text) returns uuid[]
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  who app.identity := app.context();
begin
  if who.everywhere then
    return array(select id from workspaces);
  end if;
  if who.user_id is null then
    return array_remove(array[who.workspace_id], null);
  end if;
  return array(
    select workspace_id from workspace_members
    where user_id = who.user_id and (who.workspace_id is null or workspace_id = who.workspace_id)
      and case purpose
        when 'read' then true
        when 'write' then role in ('owner', 'admin', 'member')
        when 'administer' then role in ('owner', 'admin')
      end
  );
end
$$;

-- Shuts a table: its rows open to who acts in their workspace. `home` is the column that has the
-- workspace. A policy asks once per statement, not once per row; those who write have one policy for
-- all verbs, so that a statement which also reads asks no second time.
create procedure app.protect(tenant regclass, home name default 'workspace_id')
language plpgsql as $$
declare
  readable text := format('%I = any ((select app.workspaces_to(''read''))::uuid[])', home);
  writable text := format('%I = any ((select app.workspaces_to(''write''))::uuid[])', home);
begin
  execute format('alter table %s enable row level security', tenant);
  execute format('alter table %s force row level security', tenant);
  execute format('create policy workers on %s to pf_actions, pf_worker using (%s)',
    tenant, writable);
  execute format('create policy readers on %s for select to pf_api, pf_collab using (%s)',
    tenant, readable);
  execute format('create policy makers on %s for insert to pf_api with check (%s)',
    tenant, writable);
  execute format('create policy changers on %s for update to pf_api using (%s)',
    tenant, writable);
  execute format('create policy removers on %s for delete to pf_api using (%s)',
    tenant, writable);
end
$$;

call app.protect('workspaces', 'id');
call app.protect('workspace_members');
call app.protect('projects');
call app.protect('boards');
call app.protect('columns');
call app.protect('labels');
call app.protect('board_counters');
call app.protect('cards');
call app.protect('card_assignees');
call app.protect('card_labels');
call app.protect('comments');
call app.protect('checklist_items');
call app.protect('outcomes');
call app.protect('board_events');
call app.protect('outbox');
call app.protect('audit_log');
call app.protect('notifications');
call app.protect('search_entries');

-- Who may write no longer still hears what became of what they did, and why it cannot be undone.
create policy readers_too on outcomes for select to pf_actions, pf_worker
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
-- The API sees of answers and inboxes only the caller's own; the answers of a batch it reads as
-- the workspace.
create policy own on outcomes as restrictive for select to pf_api
using (coalesce(actor_id = (select app.me()), true));
create policy own on notifications as restrictive for all to pf_api
using (user_id = (select app.me())) with check (user_id = (select app.me()));
-- A viewer reads notifications too.
create policy marked on notifications for update to pf_api
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]))
with check (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
-- A viewer who is turned away is written down, under no name but their own; who runs a workspace
-- reads what was written.
create policy denied on audit_log for insert to pf_api
with check (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
create policy own on audit_log as restrictive for insert to pf_api
with check (actor_id = (select app.me()));
create policy administered on audit_log as restrictive for select to pf_api
using (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));

-- The policies' own look at who is where, and the search's at what is written.
grant select on workspaces, workspace_members, search_entries to pf_policy;
create policy policies on workspaces for select to pf_policy using (true);
create policy policies on workspace_members for select to pf_policy using (true);
create policy policies on search_entries for select to pf_policy using (true);

-- Text operators may leak what they compare, so under a policy their indexes go unused: these look
-- past the policy and keep to its workspaces themselves.
create function app.entries_with(words text, workspace uuid, rows_max integer)
returns setof search_entries
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  query tsquery := to_tsquery('simple', words);
  opened uuid[] := app.workspaces_to('read');
begin
  return query select e.* from search_entries e
  where e.words @@ query and e.workspace_id = any (opened)
    and (workspace is null or e.workspace_id = workspace)
  limit rows_max;
end
$$;

-- Entries that begin much like the terms, or that have one of the words.
create function app.entries_like(words text, terms text, workspace uuid, rows_max integer)
returns setof search_entries
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  query tsquery := to_tsquery('simple', words);
  opened uuid[] := app.workspaces_to('read');
begin
  return query select e.* from search_entries e
  where (e.words @@ query or terms <% left(e.body, 300)) and e.workspace_id = any (opened)
    and (workspace is null or e.workspace_id = workspace)
  limit rows_max;
end
$$;

grant create on schema app to pf_policy;
grant pf_policy to current_user;
alter function app.me() owner to pf_policy;
alter function app.workspaces_to(text) owner to pf_policy;
alter function app.entries_with(text, uuid, integer) owner to pf_policy;
alter function app.entries_like(text, text, uuid, integer) owner to pf_policy;
revoke create on schema app from pf_policy;

revoke all on all functions in schema app from public;
revoke all on all procedures in schema app from public;
grant execute on function app.context() to pf_policy;
grant execute on function app.workspaces_to(text), app.me()
to pf_api, pf_actions, pf_worker, pf_collab;
grant execute on function app.entries_with(text, uuid, integer),
app.entries_like(text, text, uuid, integer) to pf_api;

-- What each process may do at all. The tables without a workspace have no policies: their grants
-- are all there is, so they name columns.
grant select on schema_migrations to pf_api, pf_actions, pf_worker, pf_collab;

grant select, insert, update on users, sessions to pf_api;
grant select on workspaces, workspace_members, projects, boards, columns, labels, board_counters,
cards, card_assignees, card_labels, comments, checklist_items, outcomes, board_events,
notifications, audit_log to pf_api;
grant update (read_at) on notifications to pf_api;
grant insert on audit_log to pf_api;

grant select (id, name, hue) on users to pf_actions, pf_worker, pf_collab;
grant select on workspaces, workspace_members to pf_actions, pf_worker, pf_collab;
grant select, insert, update on projects, boards, columns, labels, cards, comments, checklist_items
to pf_actions, pf_worker;
grant select, insert, update, delete on card_assignees, card_labels to pf_actions, pf_worker;
grant select, insert on outcomes, board_events, outbox to pf_actions, pf_worker;
grant insert on audit_log to pf_actions, pf_worker;

grant select, insert, update, delete on board_counters, notifications, search_entries to pf_worker;
grant delete on cards, outcomes to pf_worker;
grant update, delete on outbox to pf_worker;
grant select, delete on sessions to pf_worker;

grant select on boards, board_events to pf_collab;
