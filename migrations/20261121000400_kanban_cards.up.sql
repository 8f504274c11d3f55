create table cards (
  id uuid primary key,
  workspace_id uuid not null,
  project_id uuid not null,
  board_id uuid not null,
  column_id uuid not null,
  -- The place in the column; ranks sort bytewise and there is always one between two.
  rank text collate "C" not null,
  number integer not null,
  title text not null,
  description text not null default '',
  due_on date,
  -- 1 is urgent, 4 is low.
  priority smallint,
  points smallint,
  colour text,
  -- Kept by the action that changes them, in the row it has locked anyway.
  comment_count integer not null default 0,
  checklist_done integer not null default 0,
  checklist_total integer not null default 0,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  archived_at timestamptz,
  deleted_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, project_id, board_id)
  references boards (workspace_id, project_id, id),
  foreign key (workspace_id, board_id, column_id)
  references columns (workspace_id, board_id, id),
  foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id),
  constraint cards_priority_known check (priority between 1 and 4),
  constraint cards_points_in_range check (points between 1 and 21)
);

-- A live card is in exactly one place, and no other card is there.
create unique index cards_place_unique on cards (column_id, rank)
where archived_at is null and deleted_at is null;
create unique index cards_number_unique on cards (project_id, number);
create index cards_due on cards (due_on)
where due_on is not null and archived_at is null and deleted_at is null;
create index cards_deleted on cards (deleted_at) where deleted_at is not null;

create table card_assignees (
  card_id uuid not null,
  user_id uuid not null,
  workspace_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (card_id, user_id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade,
  foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id)
);

create index card_assignees_user on card_assignees (user_id);

create table card_labels (
  card_id uuid not null,
  label_id uuid not null,
  workspace_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (card_id, label_id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade,
  foreign key (workspace_id, label_id) references labels (workspace_id, id)
);

create index card_labels_label on card_labels (label_id);

create table comments (
  id uuid primary key,
  workspace_id uuid not null,
  card_id uuid not null,
  author_id uuid not null,
  body text not null,
  mentions uuid[] not null default '{}',
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  edited_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade,
  foreign key (workspace_id, author_id) references workspace_members (workspace_id, user_id)
);

create index comments_card on comments (card_id, id);

create table checklist_items (
  id uuid primary key,
  workspace_id uuid not null,
  card_id uuid not null,
  body text not null,
  done boolean not null default false,
  rank text collate "C" not null,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade
);

create index checklist_items_card on checklist_items (card_id, rank);
