-- The second step of signing in: a code from an app on the person's phone. Not there or not
-- confirmed, the password alone is enough.
create table user_totp (
  user_id uuid primary key references users (id),
  secret sealed not null,
  confirmed_at timestamptz,
  -- The 30 seconds the last code was of: none of then or before is taken again.
  last_step bigint not null default 0,
  -- Wrong codes since tries_from.
  tries smallint not null default 0,
  tries_from timestamptz not null default now(),
  created_at timestamptz not null default now()
);

-- What opens the second step once each, when the phone is gone.
create table recovery_codes (
  user_id uuid not null references user_totp (user_id) on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);

grant select, insert, update, delete on user_totp, recovery_codes to pf_api;
