revoke select, insert, update (kept_for, expires_at) on crdt_history from pf_actions;
alter table crdt_history drop column author_ids, drop column kept_for;
