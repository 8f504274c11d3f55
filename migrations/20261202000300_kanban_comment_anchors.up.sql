-- Comments on words of the card's text: where they stand, and since when they are settled.
alter table comments add column anchor jsonb, add column resolved_at timestamptz;
