-- Keys people make for programs that act in their name; shown once, kept as hashes.
create table api_tokens (
  id uuid primary key,
  user_id uuid not null references users (id),
  name text not null,
  scope text not null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- To the minute.
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_tokens_scope_known check (scope in ('read', 'write'))
);

create index api_tokens_user on api_tokens (user_id);
grant select, insert, update on api_tokens to pf_api;
