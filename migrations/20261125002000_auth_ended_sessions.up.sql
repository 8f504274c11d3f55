-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation
-- Every process asks every two seconds which sessions were ended lately.
create index sessions_revoked on sessions (revoked_at) where revoked_at is not null;
grant select (family_id, revoked_at) on sessions to pf_collab;
