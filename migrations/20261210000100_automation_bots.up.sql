-- Each flow has a bot of its own: what its runs do is done by it, with rights of its own in the
-- project of the flow and nowhere else. docs/decisions/069 has the reasons.
-- No installation has so many people yet that anybody would wait.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-not-null
alter table users add column kind text not null default 'person';
alter table users add constraint users_kind_known check (kind in ('person', 'bot'));
-- A bot has nothing to sign in with, and nowhere to be written to.
alter table users alter column email drop not null;
alter table users add constraint users_bot_has_no_address check ((kind = 'bot') = (email is null));
alter table users add constraint users_bot_has_no_password
check (kind = 'person' or password_hash is null);

-- A bot is in its workspace, and something only in the projects that name it.
alter table workspace_members drop constraint workspace_members_role_known;
alter table workspace_members add constraint workspace_members_role_known
check (role in ('owner', 'admin', 'member', 'viewer', 'custom', 'bot'));

-- The workspaces the context opens, to `read`, `write` or `administer` them or read their `audit`.
-- To `read all` or `write all`: those of which it opens every project. To a bot its workspace is open
-- to read, and no project by that.
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
      and (m.role <> 'bot' or purpose = 'read')
      and (purpose = wanted or m.role in ('owner', 'admin') or not exists (
        select from project_roles o left join roles s on s.id = o.role_id
        where o.workspace_id = m.workspace_id and (o.user_id = m.user_id or o.user_id is null)
          and app.opens(o.role, s.permissions, wanted) is not true
      ))
  );
end
$$;

-- The projects the context opens, each by itself: for those who are not the same in all. What is said
-- of everybody in one is said of no bot.
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
      where o.project_id = p.id
        and (o.user_id = m.user_id or o.user_id is null and m.role <> 'bot')
        and m.role not in ('owner', 'admin')
      order by o.user_id nulls last limit 1
    ) o on true
    left join roles r on r.id = case when o.role is null then m.role_id else o.role_id end
    where m.user_id = who.user_id
      and (who.workspace_id is null or m.workspace_id = who.workspace_id)
      and (m.role <> 'bot' or o.role is not null)
      and app.opens(coalesce(o.role, m.role), r.permissions, purpose)
  );
end
$$;

-- Makes the bot of a flow, or calls the one there is by the flow's name of today; answers its id. Null
-- for whoever may not write in the flow's project. It becomes a member of that project.
create function app.bot_of(flow uuid, called text) returns uuid
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  home flows;
  bot uuid;
begin
  select * into home from flows
  where id = flow and deleted_at is null and project_id = any (app.projects_to('write'));
  if not found then
    return null;
  end if;
  update users set name = called where id = home.actor_id and kind = 'bot' returning id into bot;
  if bot is null then
    insert into users (id, kind, name, hue)
    values (uuidv7(), 'bot', called, abs(hashtext(flow::text)) % 360) returning id into bot;
  end if;
  insert into workspace_members (workspace_id, user_id, role)
  values (home.workspace_id, bot, 'bot') on conflict do nothing;
  insert into project_roles (workspace_id, project_id, user_id, role)
  values (home.workspace_id, home.project_id, bot, 'member') on conflict do nothing;
  return bot;
end
$$;

-- Takes a deleted flow's bot out of its workspace once none of its runs is under way: those may end as
-- they began. Its name stays, for whoever reads what it did. The flow is locked, so that of a run that
-- ends while the flow is deleted one of the two sees the other.
create function app.retire_bot(flow uuid) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  home flows;
begin
  select * into home from flows where id = flow for update;
  if home.deleted_at is null or not home.workspace_id = any (app.workspaces_to('read'))
    or exists (select from flow_runs
      where flow_id = flow and status = 'running' and kind = 'live') then
    return;
  end if;
  delete from workspace_members where user_id = home.actor_id and role = 'bot';
end
$$;

grant create on schema app to pf_policy;
alter function app.bot_of(uuid, text) owner to pf_policy;
alter function app.retire_bot(uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.bot_of(uuid, text), app.retire_bot(uuid) from public;
grant execute on function app.bot_of(uuid, text) to pf_api;
grant execute on function app.retire_bot(uuid) to pf_api, pf_worker;

grant select (id, kind, name), insert (id, kind, name, hue), update (name) on users to pf_policy;
grant select on flow_runs to pf_policy;
create policy policies on flow_runs for select to pf_policy using (true);
-- To lock it; it changes nothing of it.
grant update (active) on flows to pf_policy;
create policy lockers on flows for update to pf_policy using (true) with check (false);
grant insert (workspace_id, user_id, role), delete on workspace_members to pf_policy;
create policy bots on workspace_members for insert to pf_policy with check (role = 'bot');
create policy retired on workspace_members for delete to pf_policy using (role = 'bot');
grant insert (workspace_id, project_id, user_id, role) on project_roles to pf_policy;
create policy bots on project_roles for insert to pf_policy with check (role = 'member');
-- Whoever may write in some projects only, as bots may, still reads who is in the workspace, and what
-- the roles hold that it has made. Asked after the policies there are, so for nobody else.
create policy workers_there on workspaces for select to pf_actions, pf_worker
using (id = any ((select app.workspaces_to('read'))::uuid[]));
create policy workers_there on workspace_members for select to pf_actions, pf_worker
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
create policy workers_there on roles for select to pf_actions, pf_worker
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
grant select (kind) on users to pf_actions, pf_worker, pf_collab;
