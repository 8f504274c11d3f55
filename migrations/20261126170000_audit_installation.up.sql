-- The servers that are older than this write lines of workspaces only.
-- squawk-ignore-file ban-drop-not-null
-- The audit of the installation itself, in the same log: lines of no workspace, of who signed in,
-- who runs it and how it is set up. Whoever tried to sign in and could not is nobody.
alter table audit_log alter column workspace_id drop not null;
alter table audit_log alter column actor_id drop not null;
alter table audit_leaves alter column workspace_id drop not null;
-- Not looked back: every line from before has an actor.
alter table audit_log add constraint audit_log_somebody
check (workspace_id is null or actor_id is not null) not valid;

-- The API adds them, under nobody's name but the caller's, and shows them to operators alone.
create policy of_installation on audit_log for insert to pf_api with check (workspace_id is null);
drop policy own on audit_log;
create policy own on audit_log as restrictive for insert to pf_api
with check (actor_id is not distinct from (select app.me()));
create policy operated on audit_log for select to pf_api
using (workspace_id is null and exists (
  select from operators where user_id = (select app.me())
));
drop policy administered on audit_log;
create policy administered on audit_log as restrictive for select to pf_api
using (workspace_id is null or workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));
create policy operated on audit_leaves for select to pf_api
using (workspace_id is null and exists (
  select from operators where user_id = (select app.me())
));

-- With what each process ran last, so that one that starts knows whether that has changed. Secrets
-- stand in it as fingerprints.
create table process_settings (
  process text primary key,
  settings jsonb not null,
  -- SHA-256 of them.
  digest text not null,
  changed_at timestamptz not null default now()
);
grant select, insert, update on process_settings to pf_api, pf_worker;
