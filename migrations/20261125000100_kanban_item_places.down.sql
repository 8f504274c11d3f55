-- Nobody waits longer than a moment: an index is dropped at once.
-- squawk-ignore require-concurrent-index-deletion
drop index checklist_items_place_unique;
