do $$
declare
  found record;
begin
  for found in
    select polname, polrelid::regclass as tenant from pg_policy
    join pg_class on pg_class.oid = polrelid and relnamespace = 'public'::regnamespace
  loop
    execute format('drop policy %I on %s', found.polname, found.tenant);
    execute format('alter table %s disable row level security', found.tenant);
    execute format('alter table %s no force row level security', found.tenant);
  end loop;
end
$$;

revoke all on all tables in schema public
from pf_policy, pf_api, pf_actions, pf_worker, pf_collab;
revoke all (id, name, hue) on users from pf_actions, pf_worker, pf_collab;
revoke all (read_at) on notifications from pf_api;
drop schema app cascade;
