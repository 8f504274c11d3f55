create or replace procedure app.protect(tenant regclass, home name default 'workspace_id')
language plpgsql as $$
declare
  readable text := format('%I = any ((select app.workspaces_to(''read''))::uuid[])', home);
  writable text := format('%I = any ((select app.workspaces_to(''write''))::uuid[])', home);
begin
  execute format('alter table %s enable row level security', tenant);
  execute format('alter table %s force row level security', tenant);
  execute format('create policy workers on %s to pf_actions, pf_worker using (%s)',
    tenant, writable);
  execute format('create policy readers on %s for select to pf_api, pf_collab using (%s)',
    tenant, readable);
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
    execute format('drop policy actors on %s', tenant);
    execute format('drop policy workers on %s', tenant);
    execute format('drop policy readers on %s', tenant);
    execute format('drop policy watchers on %s', tenant);
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

drop function app.in_house();
