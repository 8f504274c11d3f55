-- A file on a card, under the id of the file: it is on one card, once.
create table attachments (
  id uuid primary key,
  workspace_id uuid not null,
  card_id uuid not null,
  added_by uuid not null references users (id),
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, id) references files (workspace_id, id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade
);

create index attachments_card on attachments (card_id, id);
create index attachments_deleted on attachments (deleted_at) where deleted_at is not null;

call app.protect('attachments');
grant select on attachments to pf_api;
grant select, insert, update on attachments to pf_actions;
grant select, insert, update, delete on attachments to pf_worker;

-- Kept by the action that changes it, as the other counts of a card are.
alter table cards add column attachment_count integer not null default 0;
