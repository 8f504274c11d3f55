-- Who was shut out of a project before app.leave_shut_projects came may still be on cards there: takes
-- them off, once, as that function does. The owner of the tables may be held to the policies itself.
set local role pf_policy;

do $$
declare
  shut uuid[];
begin
  shut := array(select distinct project_id from project_roles where role = 'none');
  perform from boards where project_id = any (shut) order by id for no key update;
  with gone as (
    delete from card_assignees a using cards c, workspace_members m
    where c.id = a.card_id and c.project_id = any (shut)
      and m.workspace_id = a.workspace_id and m.user_id = a.user_id
      and m.role not in ('owner', 'admin')
      and (
        select o.role from project_roles o
        where o.project_id = c.project_id and (o.user_id = a.user_id or o.user_id is null)
        order by o.user_id nulls last limit 1
      ) = 'none'
    returning c.board_id, c.archived_at, c.deleted_at
  ), numbered as (
    update boards set event_seq = event_seq + 1
    where id in (select board_id from gone where archived_at is null and deleted_at is null)
    returning id, workspace_id, event_seq
  )
  -- Nobody did it: it is told under the name of an owner.
  insert into board_events
    (board_id, seq, workspace_id, type, actor_id, command_id, body, changes)
  select n.id, n.event_seq, n.workspace_id, 'member.removed', owners.user_id, uuidv7(),
    '{"reload": true}', '{}'
  from numbered n
  cross join lateral (
    select m.user_id from workspace_members m
    where m.workspace_id = n.workspace_id and m.role = 'owner' order by m.user_id limit 1
  ) owners;
end
$$;

reset role;
