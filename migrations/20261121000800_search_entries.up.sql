create extension if not exists pg_trgm;

-- The texts of cards and comments as people look for them; follows them through the outbox.
create table search_entries (
  -- The card's id for its title and description, the comment's id for a comment.
  source_id uuid not null,
  source text not null,
  workspace_id uuid not null,
  card_id uuid not null,
  body text not null,
  words tsvector not null generated always as (to_tsvector('simple', body)) stored,
  primary key (source_id, source),
  foreign key (workspace_id, card_id) references cards (workspace_id, id) on delete cascade,
  constraint search_entries_source_known check (source in ('title', 'description', 'comment'))
);

create index search_entries_words on search_entries using gin (words);
-- Comparing letters takes as long as the text, so only beginnings are compared.
create index search_entries_trigrams on search_entries using gin (left(body, 300) gin_trgm_ops);
create index search_entries_card on search_entries (card_id);
