-- Files people send. A row is there before its bytes are kept anywhere, so nothing is kept that no
-- row knows of; the id is also the name it is kept under.
create table files (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  uploader_id uuid not null references users (id),
  -- As it is shown and saved, never where it is kept.
  name text not null,
  media_type text not null,
  bytes integer not null default 0,
  state text not null default 'receiving',
  -- When a scanner has found nothing in it; null where no scanner is.
  scanned_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  constraint files_state_known check (state in ('receiving', 'scanning', 'ready', 'refused'))
);

create index files_created on files (created_at);

call app.protect('files');
-- The API takes files in for whoever sends them, and for nobody else.
create policy own_made on files as restrictive for insert to pf_api
with check (uploader_id = (select app.me()));
create policy own_changed on files as restrictive for update to pf_api
using (uploader_id = (select app.me()));

grant select, insert on files to pf_api;
grant update (bytes, state, scanned_at) on files to pf_api;
grant select on files to pf_actions;
grant select, update, delete on files to pf_worker;
