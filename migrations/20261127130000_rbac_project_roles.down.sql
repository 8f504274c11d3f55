-- squawk-ignore-file ban-drop-table
create or replace function app.entries_like(words text, terms text, workspace uuid, rows_max integer)
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

create or replace function app.entries_with(words text, workspace uuid, rows_max integer)
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

create policy marked on notifications for update to pf_api
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]))
with check (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
alter policy changers on notifications
using (workspace_id = any ((select app.workspaces_to('write'))::uuid[]));
alter policy readers_too on outcomes
using (workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
alter policy changers on files
using (workspace_id = any ((select app.workspaces_to('write'))::uuid[]));
alter policy makers on files
with check (workspace_id = any ((select app.workspaces_to('write'))::uuid[]));
drop policy founders on projects;

do $$
declare
  tenant regclass;
begin
  foreach tenant in array array['projects', 'boards', 'labels', 'cards', 'columns',
    'board_counters', 'board_events', 'card_assignees', 'card_labels', 'comments',
    'checklist_items', 'attachments', 'search_entries', 'notifications', 'files', 'outcomes',
    'outbox', 'audit_log']::regclass[] loop
    execute format('alter policy actors on %s using (%s)', tenant,
      'workspace_id = any ((select app.workspaces_to(''write''))::uuid[])');
    execute format('alter policy workers on %s using ((select app.in_house()) or %s)', tenant,
      'workspace_id = any ((select app.workspaces_to(''write''))::uuid[])');
    execute format('alter policy readers on %s using (%s)', tenant,
      'workspace_id = any ((select app.workspaces_to(''read''))::uuid[])');
    execute format('alter policy watchers on %s using ((select app.in_house()) or %s)', tenant,
      'workspace_id = any ((select app.workspaces_to(''read''))::uuid[])');
  end loop;
end
$$;
drop procedure app.open_by_project(regclass, text);

drop table project_roles;
drop policy policies on projects;
drop policy policies on columns;
drop policy policies on labels;
drop policy policies on comments;
drop policy policies on checklist_items;
drop policy policies on attachments;
revoke select on projects, columns, labels, comments, checklist_items, attachments from pf_policy;
drop function app.is_same_for_all(uuid);
drop function app.has_card(uuid[], uuid);
drop function app.has_board(uuid[], uuid);
drop function app.shows_boards(uuid[]);
drop function app.shows(text, uuid);
drop function app.project_of(text, uuid);
drop function app.projects_to(text);

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

create or replace function app.opens(role text, made text[], purpose text) returns boolean
language sql immutable as $$
  select case purpose
    when 'read' then true
    when 'write' then role in ('owner', 'admin', 'member')
      or not made <@ array['board.read', 'audit.read']
    when 'administer' then role in ('owner', 'admin') or 'members.manage' = any (made)
    when 'audit' then role in ('owner', 'admin') or 'audit.read' = any (made)
  end
$$;
