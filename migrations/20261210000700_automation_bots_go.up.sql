-- Takes away so many bots whose flow is gone with its workspace; answers how many. Each is looked for in
-- every table that names people, so they go a few at a time.
create function app.remove_bots(rows_max integer) returns integer
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  removed integer;
begin
  delete from users where id in (
    select u.id from users u
    where u.kind = 'bot' and not exists (select from flows f where f.actor_id = u.id)
    limit rows_max
  );
  get diagnostics removed = row_count;
  return removed;
end
$$;

grant create on schema app to pf_policy;
alter function app.remove_bots(integer) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.remove_bots(integer) from public;
grant execute on function app.remove_bots(integer) to pf_worker;
grant delete on users to pf_policy;
