-- squawk-ignore-file constraint-missing-not-valid, adding-not-nullable-field
drop policy workers_there on roles;
drop policy workers_there on workspace_members;
drop policy workers_there on workspaces;
revoke select (kind) on users from pf_actions, pf_worker, pf_collab;
drop policy bots on project_roles;
revoke insert (workspace_id, project_id, user_id, role) on project_roles from pf_policy;
drop policy retired on workspace_members;
drop policy bots on workspace_members;
revoke insert (workspace_id, user_id, role), delete on workspace_members from pf_policy;
drop policy lockers on flows;
revoke update (active) on flows from pf_policy;
drop policy policies on flow_runs;
revoke select on flow_runs from pf_policy;
revoke select (id, kind, name), insert (id, kind, name, hue), update (name) on users from pf_policy;
drop function app.retire_bot(uuid);
drop function app.bot_of(uuid, text);

-- Flows act for whoever published them again; what bots did stays theirs, who are people then that
-- nobody can sign in as.
update flows f set actor_id = v.published_by
from flow_versions v, users u
where v.flow_id = f.id and v.version = f.published and u.id = f.actor_id and u.kind = 'bot';
delete from workspace_members where role = 'bot';
update users set email = id || '@bot.invalid' where kind = 'bot';

create or replace function app.projects_to(purpose text) returns uuid[]
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  who app.identity := app.context();
begin
  return array(
    select p.id from workspace_members m
    join projects p on p.workspace_id = m.workspace_id
    left join lateral (
      select o.role, o.role_id from project_roles o
      where o.project_id = p.id and (o.user_id = m.user_id or o.user_id is null)
        and m.role not in ('owner', 'admin')
      order by o.user_id nulls last limit 1
    ) o on true
    left join roles r on r.id = case when o.role is null then m.role_id else o.role_id end
    where m.user_id = who.user_id
      and (who.workspace_id is null or m.workspace_id = who.workspace_id)
      and app.opens(coalesce(o.role, m.role), r.permissions, purpose)
  );
end
$$;

create or replace function app.workspaces_to(purpose text) returns uuid[]
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  who app.identity := app.context();
  wanted text := split_part(purpose, ' ', 1);
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
      and app.opens(m.role, r.permissions, wanted)
      and (purpose = wanted or m.role in ('owner', 'admin') or not exists (
        select from project_roles o left join roles s on s.id = o.role_id
        where o.workspace_id = m.workspace_id and (o.user_id = m.user_id or o.user_id is null)
          and app.opens(o.role, s.permissions, wanted) is not true
      ))
  );
end
$$;

alter table workspace_members drop constraint workspace_members_role_known;
alter table workspace_members add constraint workspace_members_role_known
check (role in ('owner', 'admin', 'member', 'viewer', 'custom'));
alter table users drop constraint users_bot_has_no_password;
alter table users drop constraint users_bot_has_no_address;
alter table users alter column email set not null;
alter table users drop constraint users_kind_known;
alter table users drop column kind;
