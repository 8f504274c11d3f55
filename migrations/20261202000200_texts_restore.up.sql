-- Who wrote what a version has that the one before it had not; and why it is kept: because its hour is
-- over, or because the text was brought back to another version then.
alter table crdt_history
add column author_ids uuid [] not null default '{}',
add column kept_for text not null default 'time' check (kept_for in ('time', 'restore'));

-- Bringing a text back is an action.
grant select, insert, update (kept_for, expires_at) on crdt_history to pf_actions;
