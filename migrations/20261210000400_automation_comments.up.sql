-- Few flows are there yet, and nobody waits for them.
-- squawk-ignore-file adding-not-nullable-field
-- What people say to each other about a flow that they draw, step by step.
create table flow_comments (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  flow_id uuid not null,
  -- The step it is on; null for what starts the flow. A step that is taken out leaves its comments.
  step_id text,
  author_id uuid not null references users (id),
  body text not null,
  mentions uuid [] not null default '{}',
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  resolved_at timestamptz,
  resolved_by uuid references users (id),
  unique (workspace_id, id),
  foreign key (workspace_id, project_id, flow_id) references flows (workspace_id, project_id, id)
  on delete cascade,
  constraint flow_comments_resolved_by_somebody check (
    (resolved_at is null) = (resolved_by is null)
  )
);

create index flow_comments_of_flow on flow_comments (flow_id, created_at);

-- Grows with each change of the comments: who knows an older number reads them anew.
alter table flows add column comments_version integer not null default 0;

call app.protect('flow_comments');
call app.open_by_project('flow_comments', 'project_id = any ((select app.projects_to(%L))::uuid[])');
create policy makers_there on flow_comments for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy changers_there on flow_comments for update to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy removers_there on flow_comments for delete to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));
grant select, insert, delete on flow_comments to pf_api;
grant update (body, mentions, edited_at, resolved_at, resolved_by) on flow_comments to pf_api;
grant select, delete on flow_comments to pf_worker;
