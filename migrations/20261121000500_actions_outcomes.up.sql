-- What each command answered. The key makes a command once-only: a retry, a reset or a replayed
-- workflow finds the row and changes nothing.
create table outcomes (
  actor_id uuid not null,
  command_id uuid not null,
  workspace_id uuid not null references workspaces (id),
  type text not null,
  -- SHA-256 of type, target and body: the same key with another command is refused.
  body_hash bytea not null,
  outcome jsonb not null,
  -- The commands that take the action back; null when nothing was changed.
  inverse jsonb,
  gesture_id uuid,
  summary text not null,
  board_ids uuid[] not null,
  card_ids uuid[] not null,
  workflow_id text not null,
  run_id text not null,
  created_at timestamptz not null default now(),
  primary key (actor_id, command_id)
);

create index outcomes_gesture on outcomes (actor_id, gesture_id) where gesture_id is not null;
create index outcomes_created on outcomes using brin (created_at);

-- What happened on a board, numbered without gaps.
create table board_events (
  board_id uuid not null,
  seq bigint not null,
  workspace_id uuid not null,
  type text not null,
  card_id uuid,
  actor_id uuid not null,
  command_id uuid not null,
  -- The parts of a BoardEvent that tell viewers what to draw.
  body jsonb not null,
  -- [before, after] of each field, for the card's history.
  changes jsonb not null,
  created_at timestamptz not null default now(),
  primary key (board_id, seq),
  foreign key (workspace_id, board_id) references boards (workspace_id, id)
);

create index board_events_card on board_events (card_id, created_at) where card_id is not null;

-- What follows from an action but is not the action. A row is done when its handler has done its
-- effect, in that same transaction; until then it is queued again and again.
create table outbox (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  topic text not null,
  effect_key text not null unique,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  next_at timestamptz not null default now(),
  tries integer not null default 0,
  done_at timestamptz
);

create index outbox_undone on outbox (next_at) where done_at is null;
create index outbox_done on outbox using brin (done_at);
