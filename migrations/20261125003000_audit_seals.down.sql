-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-deletion
drop function app.forget_archived(bigint, bigint);
drop table audit_archives;
drop table audit_archived_lines;
drop table audit_checkpoints;
drop table audit_leaves;
drop table audit_seals;
drop trigger only_added_to on audit_log;
drop function app.refuse_change();
drop policy policies on audit_log;
revoke all on audit_log from pf_policy;
revoke select on audit_log from pf_worker;
drop index audit_log_actor;
drop index audit_log_target;
alter table audit_log drop column transaction;
