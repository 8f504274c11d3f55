-- In every table people edit: `version` grows by one with each change; `field_versions` holds, for
-- each field, [the version that last wrote it, the version its value comes from]. The first tells
-- conflicts, the second lets an undo see whether the value is still the one it would take back.
create table projects (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  name text not null,
  -- Card numbers begin with it, as in CHK-118.
  key text not null,
  last_card_number integer not null default 0,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  archived_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, key),
  foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id)
);

create table boards (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  name text not null,
  -- Numbers the board's events without gaps; changed only by the transaction that writes them.
  event_seq bigint not null default 0,
  -- Changes when the numbering begins anew, say after a restore from a backup.
  epoch uuid not null default gen_random_uuid(),
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  archived_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, project_id, id),
  foreign key (workspace_id, project_id) references projects (workspace_id, id),
  foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id)
);

create index boards_project on boards (project_id);

create table columns (
  id uuid primary key,
  workspace_id uuid not null,
  board_id uuid not null,
  name text not null,
  rank text collate "C" not null,
  wip_limit integer,
  wip_mode text not null default 'warn',
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, board_id, id),
  foreign key (workspace_id, board_id) references boards (workspace_id, id),
  constraint columns_wip_mode_known check (wip_mode in ('warn', 'block')),
  constraint columns_wip_limit_positive check (wip_limit > 0)
);

create unique index columns_place_unique on columns (board_id, rank) where archived_at is null;

create table labels (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  name text not null,
  colour text not null,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, project_id) references projects (workspace_id, id)
);

create unique index labels_name_unique on labels (project_id, lower(name))
where deleted_at is null;

-- How many cards a board holds, for lists of boards; follows the cards through the outbox.
create table board_counters (
  board_id uuid primary key,
  workspace_id uuid not null,
  open_cards integer not null,
  updated_at timestamptz not null default now(),
  foreign key (workspace_id, board_id) references boards (workspace_id, id)
);
