create table notifications (
  id uuid primary key,
  workspace_id uuid not null,
  user_id uuid not null,
  kind text not null,
  actor_id uuid,
  board_id uuid not null,
  card_id uuid not null,
  excerpt text not null,
  -- The outbox row and the reader: the same news is told once.
  effect_key text not null unique,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade,
  foreign key (workspace_id, board_id) references boards (workspace_id, id),
  constraint notifications_kind_known check (
    kind in ('assigned', 'mentioned', 'commented', 'due')
  )
);

create index notifications_inbox on notifications (user_id, id);
create index notifications_unread on notifications (user_id) where read_at is null;
create index notifications_card on notifications (card_id);
