-- Who acts for the house sees every workspace, so no list of them is made or looked through: the
-- sealer went over the whole audit each second because the list led it there.
create function app.in_house() returns boolean
language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
  return coalesce((app.context()).everywhere, false);
end
$$;

grant create on schema app to pf_policy;
alter function app.in_house() owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.in_house() from public;
grant execute on function app.in_house() to pf_worker, pf_collab;

-- Shuts a table: its rows open to who acts in their workspace. `home` is the column that has the
-- workspace. A policy asks once per statement, not once per row; those who write have one policy for
-- all verbs, so that a statement which also reads asks no second time. Only the logins that may act
-- for the house are asked whether they do.
create or replace procedure app.protect(tenant regclass, home name default 'workspace_id')
language plpgsql as $$
declare
  readable text := format('%I = any ((select app.workspaces_to(''read''))::uuid[])', home);
  writable text := format('%I = any ((select app.workspaces_to(''write''))::uuid[])', home);
begin
  execute format('alter table %s enable row level security', tenant);
  execute format('alter table %s force row level security', tenant);
  execute format('create policy actors on %s to pf_actions using (%s)', tenant, writable);
  execute format('create policy workers on %s to pf_worker using ((select app.in_house()) or %s)',
    tenant, writable);
  execute format('create policy readers on %s for select to pf_api using (%s)',
    tenant, readable);
  execute format('create policy watchers on %s for select to pf_collab
    using ((select app.in_house()) or %s)', tenant, readable);
  execute format('create policy makers on %s for insert to pf_api with check (%s)',
    tenant, writable);
  execute format('create policy changers on %s for update to pf_api using (%s)',
    tenant, writable);
  execute format('create policy removers on %s for delete to pf_api using (%s)',
    tenant, writable);
end
$$;

do $$
declare
  tenant regclass;
begin
  for tenant in select polrelid::regclass from pg_policy where polname = 'makers' loop
    execute format('drop policy workers on %s', tenant);
    execute format('drop policy readers on %s', tenant);
    execute format('drop policy makers on %s', tenant);
    execute format('drop policy changers on %s', tenant);
    execute format('drop policy removers on %s', tenant);
    if tenant = 'workspaces'::regclass then
      call app.protect(tenant, 'id');
    else
      call app.protect(tenant);
    end if;
  end loop;
end
$$;
