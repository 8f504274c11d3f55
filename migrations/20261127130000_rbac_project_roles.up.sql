-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation
-- What somebody is in one project, where that is not what they are in its workspace: more, less or,
-- with 'none', nothing at all. Owners and admins of the workspace are that in every project.
create table project_roles (
  workspace_id uuid not null,
  project_id uuid not null,
  -- Null stands for everybody who has no row of their own: with 'none' the project is private.
  user_id uuid,
  role text not null,
  role_id uuid,
  created_at timestamptz not null default now(),
  unique nulls not distinct (project_id, user_id),
  foreign key (workspace_id, project_id) references projects (workspace_id, id) on delete cascade,
  foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id)
  on delete cascade,
  foreign key (workspace_id, role_id) references roles (workspace_id, id),
  constraint project_roles_role_known check (
    role in ('admin', 'member', 'viewer', 'custom', 'none')
  ),
  constraint project_roles_custom_role check ((role = 'custom') = (role_id is not null))
);

create index project_roles_user on project_roles (workspace_id, user_id);
create index project_roles_role on project_roles (workspace_id, role_id) where role_id is not null;

create or replace function app.opens(role text, made text[], purpose text) returns boolean
language sql immutable as $$
  select case purpose
    when 'read' then role <> 'none'
    when 'write' then role in ('owner', 'admin', 'member')
      or not made <@ array['board.read', 'audit.read']
    when 'administer' then role in ('owner', 'admin') or 'members.manage' = any (made)
    when 'audit' then role in ('owner', 'admin') or 'audit.read' = any (made)
  end
$$;

-- The workspaces the context opens, to `read`, `write` or `administer` them or read their `audit`.
-- To `read all` or `write all`: those of which it opens every project.
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

-- The projects the context opens, each by itself: for those who are not the same in all.
create function app.projects_to(purpose text) returns uuid[]
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

-- The project something is in, whoever may see it; null for what is in none, or nowhere.
create function app.project_of(kind text, target uuid) returns uuid
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return case kind
    when 'project' then target
    when 'board' then (select project_id from boards where id = target)
    when 'label' then (select project_id from labels where id = target)
    when 'card' then (select project_id from cards where id = target)
    when 'column' then
      (select b.project_id from columns c join boards b on b.id = c.board_id where c.id = target)
    when 'comment' then
      (select c.project_id from comments t join cards c on c.id = t.card_id where t.id = target)
    when 'checklist-item' then
      (select c.project_id from checklist_items t join cards c on c.id = t.card_id
       where t.id = target)
    when 'attachment' then
      (select c.project_id from attachments t join cards c on c.id = t.card_id where t.id = target)
  end;
end
$$;

-- Whether a line of the audit is shown to who does not see all projects. An undo is about a command,
-- which may have been anywhere.
create function app.shows(kind text, target uuid) returns boolean
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return kind in ('workspace', 'user', 'role')
    or coalesce(app.project_of(kind, target) = any (app.projects_to('read')), false);
end
$$;

-- Whether a card or a board is in one of the projects. Functions and no subqueries: in a policy those
-- would be begun anew for each card of a board, by everybody. They are called for few, and the planner
-- is to plan as if they were not there.
create function app.has_card(projects uuid[], card uuid) returns boolean
language plpgsql stable cost 1 security definer set search_path = app, public, pg_temp as $$
begin
  return exists (select from cards where id = card and project_id = any (projects));
end
$$;

create function app.has_board(projects uuid[], board uuid) returns boolean
language plpgsql stable cost 1 security definer set search_path = app, public, pg_temp as $$
begin
  return exists (select from boards where id = board and project_id = any (projects));
end
$$;

-- Whether nobody is anything else in a project than in its workspace.
create function app.is_same_for_all(project uuid) returns boolean
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return not exists (select from project_roles where project_id = project);
end
$$;

-- Whether all of the boards are in projects the context opens.
create function app.shows_boards(ids uuid[]) returns boolean
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return not exists (
    select from boards b where b.id = any (ids) and b.project_id <> all (app.projects_to('read'))
  );
end
$$;

grant create on schema app to pf_policy;
alter function app.projects_to(text) owner to pf_policy;
alter function app.project_of(text, uuid) owner to pf_policy;
alter function app.has_card(uuid[], uuid) owner to pf_policy;
alter function app.has_board(uuid[], uuid) owner to pf_policy;
alter function app.shows(text, uuid) owner to pf_policy;
alter function app.shows_boards(uuid[]) owner to pf_policy;
alter function app.is_same_for_all(uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.projects_to(text), app.project_of(text, uuid), app.has_card(uuid[], uuid),
app.has_board(uuid[], uuid), app.shows(text, uuid), app.shows_boards(uuid[]), app.is_same_for_all(uuid)
from public;
grant execute on function app.projects_to(text), app.has_card(uuid[], uuid),
app.has_board(uuid[], uuid), app.shows(text, uuid), app.shows_boards(uuid[])
to pf_api, pf_actions, pf_worker, pf_collab;
grant execute on function app.project_of(text, uuid), app.is_same_for_all(uuid)
to pf_actions, pf_worker;

-- The policies' own look at what is where.
grant select on project_roles, projects, columns, labels, comments, checklist_items, attachments
to pf_policy;
create policy policies on projects for select to pf_policy using (true);
create policy policies on columns for select to pf_policy using (true);
create policy policies on labels for select to pf_policy using (true);
create policy policies on comments for select to pf_policy using (true);
create policy policies on checklist_items for select to pf_policy using (true);
create policy policies on attachments for select to pf_policy using (true);

-- Opens a table that is shut to who acts in the project of a row. Most people see all of a workspace,
-- and for them this asks no more than before: `opened` is asked only where the workspace is not open
-- as a whole. It says which rows are open then; %L in it stands for the purpose.
create procedure app.open_by_project(tenant regclass, opened text)
language plpgsql as $$
declare
  shape text := 'workspace_id = any ((select app.workspaces_to(%L))::uuid[])
    or workspace_id = any ((select app.workspaces_to(''read''))::uuid[]) and (%s)';
  readable text := format(shape, 'read all', format(opened, 'read'));
  writable text := format(shape, 'write all', format(opened, 'write'));
begin
  execute format('alter policy actors on %s using (%s)', tenant, writable);
  execute format('alter policy workers on %s using ((select app.in_house()) or %s)', tenant, writable);
  execute format('alter policy readers on %s using (%s)', tenant, readable);
  execute format('alter policy watchers on %s using ((select app.in_house()) or %s)',
    tenant, readable);
end
$$;
revoke all on procedure app.open_by_project(regclass, text) from public;

call app.protect('project_roles');
create policy policies on project_roles for select to pf_policy using (true);
grant select, insert, update, delete on project_roles to pf_api;
grant select, insert on project_roles to pf_actions;
grant select, delete on project_roles to pf_worker;
grant select on project_roles to pf_collab;

call app.open_by_project('projects', 'id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('project_roles', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('boards', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('labels', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('cards', 'project_id = any ((select app.projects_to(%L))::uuid[])');
-- Who sees the board or the card sees what is on it.
call app.open_by_project('columns', 'app.has_board((select app.projects_to(%L))::uuid[], board_id)');
call app.open_by_project('board_counters', 'app.has_board((select app.projects_to(%L))::uuid[], board_id)');
call app.open_by_project('board_events', 'app.has_board((select app.projects_to(%L))::uuid[], board_id)');
call app.open_by_project('card_assignees', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('card_labels', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('comments', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('checklist_items', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('attachments', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('search_entries', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('notifications', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
-- A file is its sender's until it is on a card.
call app.open_by_project('files', 'uploader_id = (select app.me())
  or exists (select from attachments a where a.id = files.id)');
-- What was done and told anywhere.
call app.open_by_project('outcomes',
  'actor_id = (select app.me()) and app.shows_boards(board_ids)');
call app.open_by_project('outbox', 'false');
call app.open_by_project('audit_log', 'app.shows(target_kind, target_id)');

-- What somebody makes is in no list before the statement is over that makes it.
create policy founders on projects to pf_actions, pf_worker using (
  workspace_id = any ((select app.workspaces_to('write'))::uuid[]) and app.is_same_for_all(id)
);

-- Who may write in one project only sends files too, and hears what became of what they did.
alter policy makers on files with check (
  workspace_id = any ((select app.workspaces_to('write'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and cardinality((select app.projects_to('write'))) > 0
);
alter policy changers on files using (
  workspace_id = any ((select app.workspaces_to('read'))::uuid[])
);
alter policy readers_too on outcomes using (
  workspace_id = any ((select app.workspaces_to('read all'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and actor_id = (select app.me()) and app.shows_boards(board_ids)
);

-- An inbox is of who has it, and tells of no card that is shut.
alter policy changers on notifications using (
  workspace_id = any ((select app.workspaces_to('read all'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and app.has_card((select app.projects_to('read'))::uuid[], card_id)
);
drop policy marked on notifications;

-- Who manages the people of a project says what they are in it.
alter policy makers on project_roles with check (
  workspace_id = any ((select app.workspaces_to('administer'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and project_id = any ((select app.projects_to('administer'))::uuid[])
);
alter policy changers on project_roles using (
  workspace_id = any ((select app.workspaces_to('administer'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and project_id = any ((select app.projects_to('administer'))::uuid[])
);
alter policy removers on project_roles using (
  workspace_id = any ((select app.workspaces_to('administer'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and project_id = any ((select app.projects_to('administer'))::uuid[])
);

create or replace function app.entries_with(words text, workspace uuid, rows_max integer)
returns setof search_entries
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  query tsquery := to_tsquery('simple', words);
  opened uuid[] := app.workspaces_to('read all');
  projects uuid[] := app.projects_to('read');
begin
  return query select e.* from search_entries e
  where e.words @@ query and (workspace is null or e.workspace_id = workspace)
    and (e.workspace_id = any (opened) or exists (
      select from cards c where c.id = e.card_id and c.project_id = any (projects)))
  limit rows_max;
end
$$;

create or replace function app.entries_like(words text, terms text, workspace uuid, rows_max integer)
returns setof search_entries
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
declare
  query tsquery := to_tsquery('simple', words);
  opened uuid[] := app.workspaces_to('read all');
  projects uuid[] := app.projects_to('read');
begin
  return query select e.* from search_entries e
  where (e.words @@ query or terms <% left(e.body, 300))
    and (workspace is null or e.workspace_id = workspace)
    and (e.workspace_id = any (opened) or exists (
      select from cards c where c.id = e.card_id and c.project_id = any (projects)))
  limit rows_max;
end
$$;
