-- squawk-ignore-file constraint-missing-not-valid
-- A version that somebody has named is kept for its name, as long as its card.
alter table crdt_history
drop constraint crdt_history_kept_for_check,
add constraint crdt_history_kept_for_check check (kept_for in ('time', 'restore', 'name'));

-- Naming one is an action.
grant update (label) on crdt_history to pf_actions;
