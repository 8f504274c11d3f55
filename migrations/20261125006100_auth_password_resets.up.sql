-- Links with which a person who forgot their password sets a new one: once, and soon.
create table password_resets (
  token_hash bytea primary key,
  user_id uuid not null references users (id),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

create index password_resets_user on password_resets (user_id);

grant select, delete on password_resets to pf_api;
grant select, insert, delete on password_resets to pf_worker;
grant select (email) on users to pf_worker;
