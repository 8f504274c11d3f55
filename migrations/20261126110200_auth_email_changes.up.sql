-- Links with which somebody shows that a new address of theirs is theirs: once, and soon.
create table email_changes (
  token_hash bytea primary key,
  user_id uuid not null references users (id),
  email text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

create index email_changes_user on email_changes (user_id);

grant select, delete on email_changes to pf_api;
grant select, insert, delete on email_changes to pf_worker;
