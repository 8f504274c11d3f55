-- What a command would be taken back by tells what was there before it, and its gesture whether a run
-- did it. Whoever sees a board may know both of each event on it, to try a flow on it; of the answers
-- themselves they still see only their own.
create function app.outcome_of(board uuid, actor uuid, command uuid) returns jsonb
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return (
    select jsonb_build_object('undo', o.inverse -> 0, 'gesture', o.gesture_id) from outcomes o
    where o.actor_id = actor and o.command_id = command and board = any (o.board_ids)
      and app.has_board(app.projects_to('read'), board)
  );
end
$$;

grant create on schema app to pf_policy;
alter function app.outcome_of(uuid, uuid, uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.outcome_of(uuid, uuid, uuid) from public;
grant execute on function app.outcome_of(uuid, uuid, uuid) to pf_api;
