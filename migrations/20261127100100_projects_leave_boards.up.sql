-- Who leaves a workspace is on no card of it any more, which goes by cascade and without a command:
-- this is what tells those who look at the boards to read them again. For whoever may take the person
-- out, before they do.
create function app.leave_boards(workspace uuid, leaver uuid, command uuid) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  theirs uuid[];
begin
  if app.me() is null
    or (app.me() <> leaver and not workspace = any (app.workspaces_to('administer'))) then
    raise insufficient_privilege;
  end if;
  -- Boards first and in one order, as batches lock them, which number events too.
  perform from boards where workspace_id = workspace and id in (
    select c.board_id from card_assignees a join cards c on c.id = a.card_id
    where a.workspace_id = workspace and a.user_id = leaver
  ) order by id for no key update;
  -- Who is assigning the person is waited for, and from here on nobody does.
  perform from workspace_members where workspace_id = workspace and user_id = leaver for update;
  theirs := array(
    select distinct c.board_id from card_assignees a join cards c on c.id = a.card_id
    where a.workspace_id = workspace and a.user_id = leaver
      and c.archived_at is null and c.deleted_at is null
  );
  with numbered as (
    update boards set event_seq = event_seq + 1 where id = any (theirs) returning id, event_seq
  )
  insert into board_events
    (board_id, seq, workspace_id, type, actor_id, command_id, body, changes)
  select id, event_seq, workspace, 'member.removed', app.me(), command, '{"reload": true}', '{}'
  from numbered;
end
$$;

grant select on cards, card_assignees to pf_policy;
grant select, update (event_seq) on boards to pf_policy;
grant insert on board_events to pf_policy;
-- Only so that it can be locked.
grant update (role) on workspace_members to pf_policy;
create policy policies on cards for select to pf_policy using (true);
create policy policies on card_assignees for select to pf_policy using (true);
create policy policies on boards for select to pf_policy using (true);
create policy numberers on boards for update to pf_policy using (true);
create policy tellers on board_events for insert to pf_policy with check (true);
create policy lockers on workspace_members for update to pf_policy using (true) with check (false);

grant create on schema app to pf_policy;
alter function app.leave_boards(uuid, uuid, uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.leave_boards(uuid, uuid, uuid) from public;
grant execute on function app.leave_boards(uuid, uuid, uuid) to pf_api;
