-- What runs of flows need to act outside, and what tells how they went.

-- Servers outside that flows of a project may ask: `api.example.com`, `*.example.com`, `host:8443`.
create table egress_hosts (
  workspace_id uuid not null,
  project_id uuid not null,
  host text not null,
  added_by uuid not null references users (id),
  added_at timestamptz not null default now(),
  primary key (project_id, host),
  foreign key (workspace_id, project_id) references projects (workspace_id, id) on delete cascade,
  constraint egress_hosts_lower_case check (host = lower(host))
);

-- Values of headers that only the server they go to sees; flows call them by name.
create table flow_secrets (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  name text not null,
  -- Under the context `flow_secrets/<id>`.
  value sealed not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null default now(),
  unique (project_id, name),
  foreign key (workspace_id, project_id) references projects (workspace_id, id) on delete cascade
);

-- Messages that flows send to servers outside, tried again for a day; those nobody took stay here.
create table webhook_deliveries (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  run_id uuid not null,
  url text not null,
  body jsonb not null,
  status text not null default 'waiting',
  tries integer not null default 0,
  -- When it is tried next; null when it is not.
  try_at timestamptz,
  -- What came of the last try: a code of ours or the status the server answered.
  answer text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint webhook_deliveries_status_known check (status in ('waiting', 'sent', 'dead'))
);

create index webhook_deliveries_due on webhook_deliveries (try_at) where try_at is not null;
create index webhook_deliveries_of_flow on webhook_deliveries (flow_id, created_at);

-- The steps of runs, as the page of a run tells them; also what an act answers when it is asked again.
create table flow_steps (
  run_id uuid not null,
  -- Where in the run: the step's id behind the rounds it is in, and `#2` when it is done again.
  key text not null,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  step_id text not null,
  type text not null,
  label text not null,
  status text not null,
  -- What it was given and what it gave, without secrets.
  input jsonb,
  output jsonb,
  error jsonb,
  attempts integer not null default 1,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (run_id, key),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint flow_steps_status_known check (status in ('running', 'done', 'failed', 'taken back'))
);

-- What flows have asked people, and what came of it.
create table flow_approvals (
  run_id uuid not null,
  -- The key of the step, by which it is answered.
  key text not null,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  card_id uuid,
  question text not null,
  approvers uuid[] not null,
  deadline timestamptz not null,
  status text not null default 'open',
  answered_by uuid[] not null default '{}',
  asked_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (run_id, key),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint flow_approvals_status_known check (status in ('open', 'approved', 'rejected', 'over'))
);

create index flow_approvals_open on flow_approvals using gin (approvers) where status = 'open';
create index flow_approvals_card on flow_approvals (card_id) where card_id is not null;

-- Few runs are there yet, and nobody waits for them.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, adding-foreign-key-constraint, adding-not-nullable-field
-- `test` for those that somebody tries a flow with.
alter table flow_runs add column kind text not null default 'live';
-- What set it off, to look at and to begin again from: trigger, card, and the flows that led to it.
alter table flow_runs add column input jsonb;
-- Where a run stood that did not come to its end, to go on from a step.
alter table flow_runs add column state jsonb;
-- The run it begins again.
alter table flow_runs add column again_of uuid;
-- What the run that called it is told its end by.
alter table flow_runs add column called_by text;
alter table flow_runs add constraint flow_runs_kind_known check (kind in ('live', 'test'));

-- Two more kinds of news: what a flow tells, and what it asks.
alter table notifications drop constraint notifications_kind_known;
alter table notifications add constraint notifications_kind_known check (
  kind in ('assigned', 'mentioned', 'commented', 'due', 'flow', 'approval')
);
alter table notification_settings drop constraint notification_settings_kind_known;
alter table notification_settings add constraint notification_settings_kind_known check (
  kind in ('assigned', 'mentioned', 'commented', 'due', 'flow', 'approval')
);

call app.protect('egress_hosts');
call app.protect('flow_secrets');
call app.protect('webhook_deliveries');
call app.protect('flow_steps');
call app.protect('flow_approvals');
call app.open_by_project('egress_hosts', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('flow_secrets', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('webhook_deliveries', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('flow_steps', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('flow_approvals', 'project_id = any ((select app.projects_to(%L))::uuid[])');

grant select, insert, delete on egress_hosts to pf_api;
-- Names and no values: what is kept secret is never shown again.
grant select (id, workspace_id, project_id, name, created_by, created_at), insert, delete
on flow_secrets to pf_api;
grant select on webhook_deliveries, flow_steps, flow_approvals to pf_api;
grant update (status, tries, try_at) on webhook_deliveries to pf_api;
grant select on egress_hosts, flow_secrets to pf_worker;
grant select, insert, update, delete on webhook_deliveries, flow_steps, flow_approvals to pf_worker;
