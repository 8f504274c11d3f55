-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-deletion
revoke select (family_id, revoked_at) on sessions from pf_collab;
drop index sessions_revoked;
