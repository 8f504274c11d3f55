-- Links with which somebody makes an account for the address the link was sent to: once, and soon.
-- Until then nothing else is kept of them.
create table sign_ups (
  token_hash bytea primary key,
  email text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

create index sign_ups_email on sign_ups (email);

grant select, delete on sign_ups to pf_api;
grant select, insert, delete on sign_ups to pf_worker;
