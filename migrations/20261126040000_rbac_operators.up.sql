-- Who runs the installation, whatever they are in its workspaces. Only the owner of the database
-- writes it: no process can make anybody an operator.
create table operators (
  user_id uuid primary key references users (id),
  granted_at timestamptz not null default now()
);

grant select on operators to pf_api;
