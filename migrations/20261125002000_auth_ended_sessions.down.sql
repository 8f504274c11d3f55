revoke select (family_id, revoked_at) on sessions from pf_collab;
drop index sessions_revoked;
