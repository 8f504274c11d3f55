-- No installation has so many workspaces yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation
-- A deleted workspace is nobody's for 30 days, then it is emptied. Its row stays: sealed lines of the
-- audit name it.
alter table workspaces add column deleted_at timestamptz;
-- Who owned it when it was deleted, and may bring it back; nobody once it is being emptied.
alter table workspaces add column restorable_by uuid[];
alter table workspaces add column emptied_at timestamptz;

create index workspaces_deleted on workspaces (deleted_at)
where deleted_at is not null and emptied_at is null;

-- Where policies look up who is where, nobody is in a deleted workspace: it is shut on every way in.
drop policy policies on workspace_members;
create policy policies on workspace_members for select to pf_policy
using (not exists (
  select from workspaces w where w.id = workspace_id and w.deleted_at is not null
));

create policy keepers on workspaces for select to pf_api
using (deleted_at is not null and (select app.me()) = any (restorable_by));

-- Brings back a workspace the caller owned; whether there was one.
create function app.restore_workspace(workspace uuid) returns boolean
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  update workspaces set deleted_at = null, restorable_by = null
  where id = workspace and deleted_at is not null and app.me() = any (restorable_by);
  return found;
end
$$;

grant update (deleted_at, restorable_by) on workspaces to pf_policy;
create policy restorers on workspaces for update to pf_policy using (true);
grant create on schema app to pf_policy;
alter function app.restore_workspace(uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.restore_workspace(uuid) from public;
grant execute on function app.restore_workspace(uuid) to pf_api;

-- People make workspaces, as the workspace itself, in which nobody is yet.
grant insert (id, name) on workspaces to pf_api;
grant insert (workspace_id, user_id, role) on workspace_members to pf_api;
grant update (name, deleted_at, restorable_by) on workspaces to pf_api;
create policy administered on workspaces as restrictive for update to pf_api
using (id = any ((select app.workspaces_to('administer'))::uuid[]));
create policy administered_new on workspace_members as restrictive for insert to pf_api
with check (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));

-- What is left of a workspace goes with it, but for its audit.
grant update (name, restorable_by, emptied_at) on workspaces to pf_worker;
grant delete on workspace_members, projects, boards, columns, labels, comments, checklist_items,
board_events, roles to pf_worker;
