-- What somebody or something outside asks flows to do, and what trying a flow leaves.

-- Of a step that was only tried: whether it `did` something, `would`, or gave what was `pinned`.
alter table flow_steps add column how text;

-- When somebody last made sure that the run is still there; those long not looked at come first.
alter table flow_runs add column looked_at timestamptz not null default now();

-- A new number makes a new secret for what comes in to the flow.
alter table flows add column hook_number integer not null default 1;

-- What asks a flow for a run from outside: a message, or somebody who presses a button.
create table flow_requests (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  -- As the sender numbers it: what is sent twice is one.
  delivery_id text not null,
  kind text not null,
  -- Who pressed the button.
  actor_id uuid references users (id),
  card_id uuid,
  given jsonb not null,
  asked_at timestamptz not null default now(),
  unique (flow_id, delivery_id),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint flow_requests_kind_known check (kind in ('webhook', 'button.card', 'button.board'))
);

create index flow_requests_age on flow_requests (asked_at);

call app.protect('flow_requests');
call app.open_by_project('flow_requests', 'project_id = any ((select app.projects_to(%L))::uuid[])');
grant select, insert, delete on flow_requests to pf_worker;

-- Keeps what asks for a run, with word of it for the worker, in one: whoever is answered after this
-- can rely on it. False when it was there already. Null when nothing in action listens.
create function app.request_flow(flow uuid, request uuid, delivery text, via text, person uuid,
  card uuid, content jsonb) returns boolean
language plpgsql security definer set search_path = app, public, pg_temp as $$
declare
  home flows;
begin
  select f.* into home from flows f
  join flow_versions v on v.flow_id = f.id and v.version = f.published
  where f.id = flow and f.active and v.definition -> 'trigger' ->> 'type' = via;
  if not found then
    return null;
  end if;
  insert into flow_requests
    (id, workspace_id, project_id, flow_id, delivery_id, kind, actor_id, card_id, given)
  values (request, home.workspace_id, home.project_id, flow, delivery, via, person, card, content)
  on conflict do nothing;
  if not found then
    return false;
  end if;
  insert into outbox (id, workspace_id, topic, effect_key, payload)
  values (uuidv7(), home.workspace_id, 'flow-requests', 'flow-request/' || request,
    jsonb_build_object('requestId', request));
  return true;
end
$$;

-- What a message to a flow has to be signed by: the number of its secret. Null when none comes in.
create function app.hook_number(flow uuid) returns integer
language plpgsql stable security definer set search_path = app, public, pg_temp as $$
begin
  return (
    select f.hook_number from flows f
    join flow_versions v on v.flow_id = f.id and v.version = f.published
    where f.id = flow and f.active and v.definition -> 'trigger' ->> 'type' = 'webhook'
  );
end
$$;

grant create on schema app to pf_policy;
alter function app.request_flow(uuid, uuid, text, text, uuid, uuid, jsonb) owner to pf_policy;
alter function app.hook_number(uuid) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.request_flow(uuid, uuid, text, text, uuid, uuid, jsonb),
app.hook_number(uuid) from public;
grant execute on function app.request_flow(uuid, uuid, text, text, uuid, uuid, jsonb),
app.hook_number(uuid) to pf_api;
grant select on flows, flow_versions to pf_policy;
grant insert, select on flow_requests to pf_policy;
grant insert on outbox to pf_policy;
create policy policies on flows for select to pf_policy using (true);
create policy policies on flow_versions for select to pf_policy using (true);
create policy policies on flow_requests to pf_policy using (true);
create policy policies on outbox for insert to pf_policy with check (true);

-- A run is begun again by whoever may write in its project.
grant insert on flow_runs to pf_api;
create policy makers_there on flow_runs for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
