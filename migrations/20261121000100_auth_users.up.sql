-- Who can sign in. Users belong to no workspace: membership is in workspace_members.
create table users (
  id uuid primary key,
  email text not null,
  name text not null,
  -- Colours the avatar: a hue of OKLCH, 0-359.
  hue smallint not null,
  password_hash text not null,
  created_at timestamptz not null default now(),
  constraint users_hue_in_circle check (hue between 0 and 359)
);

create unique index users_email_unique on users (lower(email));

-- One row per refresh token ever given out; a browser's tokens share a family.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  family_id uuid not null,
  token_hash bytea not null,
  user_agent text not null,
  ip inet not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  replaced_at timestamptz,
  revoked_at timestamptz
);

create unique index sessions_token_hash_unique on sessions (token_hash);
create index sessions_user on sessions (user_id);
create index sessions_family on sessions (family_id);
