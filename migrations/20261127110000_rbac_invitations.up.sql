-- Addresses whose people are asked into a workspace, each with the role they get. What has ended is
-- kept for a while: whoever accepted twice is answered the same, and letters to an address are counted.
create table invitations (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  -- In lower case.
  email text not null,
  role text not null,
  role_id uuid,
  -- Whose right it is carried out by, when it is accepted.
  invited_by uuid not null references users (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- When a letter was asked for, when it went out, and what its link bears; of that only the hash.
  asked_at timestamptz not null default now(),
  sent_at timestamptz,
  token_hash bytea unique,
  -- Accepted by somebody or, without them, taken back.
  ended_at timestamptz,
  accepted_by uuid references users (id),
  foreign key (workspace_id, role_id) references roles (workspace_id, id) on delete cascade,
  constraint invitations_role_known check (role in ('owner', 'admin', 'member', 'viewer', 'custom')),
  constraint invitations_custom_role check ((role = 'custom') = (role_id is not null)),
  constraint invitations_accepted check (accepted_by is null or ended_at is not null)
);

-- An address has one open invitation to a workspace.
create unique index invitations_open on invitations (workspace_id, email) where ended_at is null;
create index invitations_asked on invitations (workspace_id, asked_at);
create index invitations_email on invitations (email, sent_at);
create index invitations_expiry on invitations (expires_at);
create index invitations_role on invitations (workspace_id, role_id) where role_id is not null;

-- Addresses of people who are not there yet: for whoever runs the workspace.
call app.protect('invitations');
grant select on invitations to pf_api, pf_worker;
grant insert (id, workspace_id, email, role, role_id, invited_by, expires_at) on invitations to pf_api;
grant update (invited_by, expires_at, asked_at, ended_at, accepted_by) on invitations to pf_api;
create policy administered on invitations as restrictive for all to pf_api
using (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));

-- The worker writes the letters, and forgets what is long over.
grant update (token_hash, sent_at) on invitations to pf_worker;
grant delete on invitations to pf_worker;

-- Whoever accepts is let in by the workspace itself, as who makes one is.
grant insert (role_id) on workspace_members to pf_api;
