-- No installation has so many members yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid
-- Roles a workspace makes for itself: each a set of the permissions in core/kernel/permissions.ts.
create table roles (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);

create unique index roles_name_unique on roles (workspace_id, lower(name));

alter table workspace_members add column role_id uuid;
alter table workspace_members drop constraint workspace_members_role_known;
alter table workspace_members add constraint workspace_members_role_known
check (role in ('owner', 'admin', 'member', 'viewer', 'custom')) not valid;
alter table workspace_members validate constraint workspace_members_role_known;
alter table workspace_members add constraint workspace_members_custom_role
check ((role = 'custom') = (role_id is not null)) not valid;
alter table workspace_members validate constraint workspace_members_custom_role;
-- A role that somebody has stays.
alter table workspace_members add constraint workspace_members_role_fkey
foreign key (workspace_id, role_id) references roles (workspace_id, id) not valid;
alter table workspace_members validate constraint workspace_members_role_fkey;
create index workspace_members_role on workspace_members (workspace_id, role_id)
where role_id is not null;

-- What a role opens of a workspace; `made` is what a role holds that the workspace has made, null
-- for the others. The test of the migrations holds it to core/kernel/permissions.ts.
create function app.opens(role text, made text[], purpose text) returns boolean
language sql immutable as $$
  select case purpose
    when 'read' then true
    when 'write' then role in ('owner', 'admin', 'member')
      or not made <@ array['board.read', 'audit.read']
    when 'administer' then role in ('owner', 'admin') or 'members.manage' = any (made)
    when 'audit' then role in ('owner', 'admin') or 'audit.read' = any (made)
  end
$$;

-- The workspaces the context opens, to `read`, `write` or `administer` them or read their `audit`.
create or replace function app.workspaces_to(purpose text) returns uuid[]
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
    select m.workspace_id from workspace_members m
    left join roles r on r.id = m.role_id
    where m.user_id = who.user_id
      and (who.workspace_id is null or m.workspace_id = who.workspace_id)
      and app.opens(m.role, r.permissions, purpose)
  );
end
$$;

revoke all on function app.opens(text, text[], text) from public;
grant execute on function app.opens(text, text[], text) to pf_policy;

call app.protect('roles');
grant select on roles to pf_policy, pf_api, pf_actions, pf_worker, pf_collab;
create policy policies on roles for select to pf_policy using (true);

-- Who runs a workspace makes its roles and gives them.
grant insert, delete on roles to pf_api;
grant update (name, permissions) on roles to pf_api;
grant update (role_id) on workspace_members to pf_api;
create policy administered_made on roles as restrictive for insert to pf_api
with check (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));
create policy administered_changed on roles as restrictive for update to pf_api
using (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));
create policy administered_deleted on roles as restrictive for delete to pf_api
using (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));

drop policy administered on audit_log;
create policy administered on audit_log as restrictive for select to pf_api
using (workspace_id is null or workspace_id = any ((select app.workspaces_to('audit'))::uuid[]));
