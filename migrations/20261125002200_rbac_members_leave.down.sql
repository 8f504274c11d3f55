-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-deletion, constraint-missing-not-valid, adding-foreign-key-constraint
drop policy leavers on workspace_members;
drop policy administered_or_own on workspace_members;
drop policy administered on workspace_members;
revoke delete on workspace_members from pf_api;
revoke update (role) on workspace_members from pf_api;
drop index notifications_member;
drop index card_assignees_member;
alter table notifications drop constraint notifications_workspace_id_user_id_fkey;
alter table notifications add constraint notifications_workspace_id_user_id_fkey
foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id);
alter table card_assignees drop constraint card_assignees_workspace_id_user_id_fkey;
alter table card_assignees add constraint card_assignees_workspace_id_user_id_fkey
foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id);
alter table comments drop constraint comments_author_id_fkey;
alter table comments add constraint comments_workspace_id_author_id_fkey
foreign key (workspace_id, author_id) references workspace_members (workspace_id, user_id);
alter table cards drop constraint cards_created_by_fkey;
alter table cards add constraint cards_workspace_id_created_by_fkey
foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id);
alter table boards drop constraint boards_created_by_fkey;
alter table boards add constraint boards_workspace_id_created_by_fkey
foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id);
alter table projects drop constraint projects_created_by_fkey;
alter table projects add constraint projects_workspace_id_created_by_fkey
foreign key (workspace_id, created_by) references workspace_members (workspace_id, user_id);
