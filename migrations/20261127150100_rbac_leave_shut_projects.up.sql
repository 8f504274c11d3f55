-- Who is kept from a project is on no card there: takes off all such people in a workspace, and tells
-- those who look at the boards to read them again. After anything was said of who sees a project; it
-- takes off nobody else, so whoever belongs to the workspace may ask for it.
create function app.leave_shut_projects(workspace uuid, command uuid) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  shut uuid[];
begin
  if app.me() is null or not workspace = any (app.workspaces_to('read')) then
    raise insufficient_privilege;
  end if;
  shut := array(
    select distinct project_id from project_roles where workspace_id = workspace and role = 'none'
  );
  -- Boards first and in one order, as batches lock them: who is assigning somebody is waited for.
  perform from boards where project_id = any (shut) order by id for no key update;
  with gone as (
    delete from card_assignees a using cards c, workspace_members m
    where a.workspace_id = workspace and c.id = a.card_id and c.project_id = any (shut)
      and m.workspace_id = workspace and m.user_id = a.user_id and m.role not in ('owner', 'admin')
      and (
        select o.role from project_roles o
        where o.project_id = c.project_id and (o.user_id = a.user_id or o.user_id is null)
        order by o.user_id nulls last limit 1
      ) = 'none'
    returning c.board_id, c.archived_at, c.deleted_at
  ), numbered as (
    update boards set event_seq = event_seq + 1
    where id in (select board_id from gone where archived_at is null and deleted_at is null)
    returning id, event_seq
  )
  insert into board_events
    (board_id, seq, workspace_id, type, actor_id, command_id, body, changes)
  select id, event_seq, workspace, 'member.removed', app.me(), command, '{"reload": true}', '{}'
  from numbered;
end
$$;

grant delete on card_assignees to pf_policy;
create policy leavers on card_assignees for delete to pf_policy using (true);
grant create on schema app to pf_policy;
alter function app.leave_shut_projects(uuid, uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.leave_shut_projects(uuid, uuid) from public;
grant execute on function app.leave_shut_projects(uuid, uuid) to pf_api;
