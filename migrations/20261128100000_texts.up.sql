-- The text people write on a card together. Every change of it is a row before anybody is told of it;
-- the rows are packed into a snapshot from time to time. docs/decisions/063 has the reasons.
create table crdt_docs (
  card_id uuid primary key,
  workspace_id uuid not null,
  -- Whether the text lives here; until somebody opens it, it is the description of its card.
  begun boolean not null default false,
  -- The number of its last update, without gaps; who takes the next one holds this row.
  seq bigint not null default 0,
  -- What the updates hold that are not in the snapshot.
  tail_bytes bigint not null default 0,
  -- All updates up to a number as one of Yjs' second encoding, packed with zstd.
  snapshot bytea,
  snapshot_seq bigint not null default 0,
  snapshot_bytes integer not null default 0,
  -- The number up to which the card's description tells the text.
  told_seq bigint not null default 0,
  told_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  -- False as long as there is something to pack or to tell: house-keeping looks for these.
  settled boolean not null default true,
  unique (workspace_id, card_id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade
) with (fillfactor = 70);

create index crdt_docs_unsettled on crdt_docs (card_id) where not settled;

create table crdt_updates (
  card_id uuid not null,
  seq bigint not null,
  workspace_id uuid not null,
  -- As it was received, in Yjs' first encoding.
  bytes bytea not null,
  -- Who made it; null where we did ourselves.
  user_id uuid references users (id),
  created_at timestamptz not null default now(),
  primary key (card_id, seq),
  foreign key (workspace_id, card_id) references crdt_docs (workspace_id, card_id) on delete cascade
);

-- What a text was like: one a day it was worked on, and those somebody has named.
create table crdt_history (
  id uuid primary key,
  workspace_id uuid not null,
  card_id uuid not null,
  seq bigint not null,
  snapshot bytea not null,
  label text,
  created_at timestamptz not null default now(),
  -- Null for those that are kept as long as the card.
  expires_at timestamptz,
  unique (card_id, seq),
  foreign key (workspace_id, card_id) references crdt_docs (workspace_id, card_id) on delete cascade
);

create index crdt_history_expiry on crdt_history (expires_at) where expires_at is not null;

call app.protect('crdt_docs');
call app.protect('crdt_updates');
call app.protect('crdt_history');
call app.open_by_project('crdt_docs', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('crdt_updates', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
call app.open_by_project('crdt_history', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');

-- Collab writes what people type, for all of them at once: as the house.
create policy beginners on crdt_docs for insert to pf_collab with check ((select app.in_house()));
create policy counters on crdt_docs for update to pf_collab using ((select app.in_house()));
create policy writers on crdt_updates for insert to pf_collab with check ((select app.in_house()));

grant select on crdt_docs, crdt_updates, crdt_history to pf_api;
grant select, insert, update on crdt_docs to pf_actions;
grant select, insert on crdt_updates to pf_actions;
grant select, insert, update, delete on crdt_docs, crdt_updates, crdt_history to pf_worker;
grant select, insert on crdt_docs, crdt_updates to pf_collab;
grant update (begun, seq, tail_bytes, changed_at, settled) on crdt_docs to pf_collab;

-- Who may write on which card, and what a text begins with.
grant select (id, workspace_id, project_id, board_id, created_by, description, archived_at,
deleted_at) on cards to pf_collab;
grant select (workspace_id, card_id, user_id) on card_assignees to pf_collab;
grant select (id, workspace_id, archived_at) on projects to pf_collab;
