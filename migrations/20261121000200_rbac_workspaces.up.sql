-- The tenant. Every table below carries its id, and foreign keys carry it too, so that no row can
-- point into another workspace.
create table workspaces (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);

create table workspace_members (
  workspace_id uuid not null references workspaces (id),
  user_id uuid not null references users (id),
  role text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id),
  constraint workspace_members_role_known check (role in ('owner', 'admin', 'member', 'viewer'))
);

create index workspace_members_user on workspace_members (user_id);
