revoke select (id, workspace_id, user_id, in_inbox, read_at) on notifications from pf_collab;
