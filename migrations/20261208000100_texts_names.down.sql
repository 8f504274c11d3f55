-- squawk-ignore-file constraint-missing-not-valid
revoke update (label) on crdt_history from pf_actions;
update crdt_history set kept_for = 'time' where kept_for = 'name';
alter table crdt_history
drop constraint crdt_history_kept_for_check,
add constraint crdt_history_kept_for_check check (kept_for in ('time', 'restore'));
