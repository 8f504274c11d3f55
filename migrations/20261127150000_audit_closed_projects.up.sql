-- Whether a line of the audit is shown to who does not see all projects: who sees the target, and each
-- board the command was about. That a project was made or copied is told of no project's own target,
-- and where a card was, its target does not say: such a line is hidden where nothing decides it,
-- as once the outcome is forgotten.
create function app.shows_line(
  action text, kind text, target uuid, actor uuid, command uuid, tells boolean
) returns boolean
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  if not app.shows(kind, target) then
    return false;
  end if;
  if command is null or not tells then
    return true;
  end if;
  return kind <> 'workspace' and action <> 'project.duplicate' and coalesce(
    (select app.shows_boards(o.board_ids) from outcomes o
     where o.actor_id = actor and o.command_id = command),
    action <> 'card.move');
end
$$;

grant select on outcomes to pf_policy;
create policy policies on outcomes for select to pf_policy using (true);
grant create on schema app to pf_policy;
alter function app.shows_line(text, text, uuid, uuid, uuid, boolean) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.shows_line(text, text, uuid, uuid, uuid, boolean) from public;
grant execute on function app.shows_line(text, text, uuid, uuid, uuid, boolean)
to pf_api, pf_actions, pf_worker, pf_collab;

call app.open_by_project('audit_log',
  'app.shows_line(action, target_kind, target_id, actor_id, command_id, num_nonnulls(before, after) > 0)');
