-- One line per permissioned operation, written with its effect and never changed.
create table audit_log (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  actor_id uuid not null,
  action text not null,
  decision text not null,
  reason text,
  target_kind text not null,
  target_id uuid not null,
  before jsonb,
  after jsonb,
  command_id uuid,
  workflow_id text,
  request_id text not null,
  ip inet not null,
  created_at timestamptz not null default now(),
  constraint audit_log_decision_known check (decision in ('allowed', 'denied', 'refused'))
);

create index audit_log_workspace on audit_log (workspace_id, id);
