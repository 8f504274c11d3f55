-- No installation has so many workspaces yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-deletion, ban-drop-column
revoke delete on workspace_members, projects, boards, columns, labels, comments, checklist_items,
board_events, roles from pf_worker;
revoke update (name, restorable_by, emptied_at) on workspaces from pf_worker;
drop policy administered_new on workspace_members;
drop policy administered on workspaces;
revoke update (name, deleted_at, restorable_by) on workspaces from pf_api;
revoke insert (workspace_id, user_id, role) on workspace_members from pf_api;
revoke insert (id, name) on workspaces from pf_api;
drop function app.restore_workspace(uuid);
drop policy restorers on workspaces;
revoke update (deleted_at, restorable_by) on workspaces from pf_policy;
drop policy keepers on workspaces;
drop policy policies on workspace_members;
create policy policies on workspace_members for select to pf_policy using (true);
drop index workspaces_deleted;
alter table workspaces drop column emptied_at;
alter table workspaces drop column restorable_by;
alter table workspaces drop column deleted_at;
