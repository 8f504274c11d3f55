-- Flows, as people draw them; what runs is a published version.
create table flows (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  -- The one board whose events start it; null for all of the project.
  board_id uuid,
  name text not null,
  draft jsonb not null,
  -- Grows with each change of the draft; a stale number is how a conflict is noticed.
  draft_version integer not null default 1,
  -- The version that new runs follow; null as long as there is none.
  published integer,
  active boolean not null default false,
  -- Why it was put out of action, if nobody did.
  paused_because text,
  -- Whose rights its runs have.
  actor_id uuid references users (id),
  -- Runs that failed, one after the other, up to now.
  failures_in_a_row integer not null default 0,
  created_by uuid not null references users (id),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, project_id, id),
  foreign key (workspace_id, project_id) references projects (workspace_id, id) on delete cascade,
  foreign key (workspace_id, board_id) references boards (workspace_id, id) on delete cascade,
  constraint flows_active_is_published check (not active or published is not null),
  constraint flows_actor_of_published check (published is null or actor_id is not null)
);

create index flows_project on flows (workspace_id, project_id);
create index flows_active on flows (workspace_id) where active;

-- What was published, and is never changed.
create table flow_versions (
  flow_id uuid not null,
  version integer not null,
  workspace_id uuid not null,
  project_id uuid not null,
  -- SHA-256 of the definition's canonical JSON.
  hash bytea not null,
  definition jsonb not null,
  message text not null,
  published_by uuid not null references users (id),
  published_at timestamptz not null default now(),
  primary key (flow_id, version),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade
);

-- One row a run: Temporal knows how it goes, this is what lists and guards ask.
create table flow_runs (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  version integer not null,
  -- What set it off: of two runs of a flow for one cause there is only the first.
  cause text not null,
  -- The flows whose runs led to it, the first one first.
  chain uuid[] not null default '{}',
  card_id uuid,
  status text not null default 'running',
  error jsonb,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (flow_id, cause),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint flow_runs_status_known check (
    status in ('running', 'done', 'failed', 'cancelled', 'throttled')
  ),
  constraint flow_runs_end check ((status = 'running') = (ended_at is null))
);

create index flow_runs_recent on flow_runs (flow_id, started_at);
create index flow_runs_card on flow_runs (card_id, started_at) where card_id is not null;

call app.protect('flows');
call app.protect('flow_versions');
call app.protect('flow_runs');
call app.open_by_project('flows', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('flow_versions', 'project_id = any ((select app.projects_to(%L))::uuid[])');
call app.open_by_project('flow_runs', 'project_id = any ((select app.projects_to(%L))::uuid[])');

grant select, insert, update on flows to pf_api;
grant select, insert on flow_versions to pf_api;
grant select on flow_runs to pf_api;
-- Whether there is anything that an event could start.
grant select (workspace_id, project_id, active) on flows to pf_actions;
grant select, insert, update, delete on flows, flow_versions, flow_runs to pf_worker;
