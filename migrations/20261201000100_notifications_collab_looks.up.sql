-- Collab tells people that something came into their inbox, and not what.
grant select (id, workspace_id, user_id, in_inbox, read_at) on notifications to pf_collab;
