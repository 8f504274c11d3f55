-- Two items of a card could come to one place. Their cards get the places of their items anew, in
-- the order they are shown in; then a place is one item's, as it is with cards and columns.
update checklist_items i set rank = placed.rank
from (
  select id, lpad(row_number() over (partition by card_id order by rank, id)::text, 4, '0') || '5'
    as rank
  from checklist_items
  where deleted_at is null and card_id in (
    select card_id from checklist_items where deleted_at is null
    group by card_id, rank having count(*) > 1
  )
) placed
where i.id = placed.id;

-- Writes to checklists wait for a moment, which even a million items keep short.
-- squawk-ignore require-concurrent-index-creation
create unique index checklist_items_place_unique on checklist_items (card_id, rank)
  where deleted_at is null;
