-- No installation has so many rows yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid
-- Who leaves a workspace leaves what they made there: it names the person, not the membership.
alter table projects drop constraint projects_workspace_id_created_by_fkey;
alter table projects add constraint projects_created_by_fkey
foreign key (created_by) references users (id) not valid;
alter table projects validate constraint projects_created_by_fkey;

alter table boards drop constraint boards_workspace_id_created_by_fkey;
alter table boards add constraint boards_created_by_fkey
foreign key (created_by) references users (id) not valid;
alter table boards validate constraint boards_created_by_fkey;

alter table cards drop constraint cards_workspace_id_created_by_fkey;
alter table cards add constraint cards_created_by_fkey
foreign key (created_by) references users (id) not valid;
alter table cards validate constraint cards_created_by_fkey;

alter table comments drop constraint comments_workspace_id_author_id_fkey;
alter table comments add constraint comments_author_id_fkey
foreign key (author_id) references users (id) not valid;
alter table comments validate constraint comments_author_id_fkey;

-- What was theirs to do or to read goes with them.
alter table card_assignees drop constraint card_assignees_workspace_id_user_id_fkey;
alter table card_assignees add constraint card_assignees_workspace_id_user_id_fkey
foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id)
on delete cascade not valid;
alter table card_assignees validate constraint card_assignees_workspace_id_user_id_fkey;

alter table notifications drop constraint notifications_workspace_id_user_id_fkey;
alter table notifications add constraint notifications_workspace_id_user_id_fkey
foreign key (workspace_id, user_id) references workspace_members (workspace_id, user_id)
on delete cascade not valid;
alter table notifications validate constraint notifications_workspace_id_user_id_fkey;

create index card_assignees_member on card_assignees (workspace_id, user_id);
create index notifications_member on notifications (workspace_id, user_id);

-- Who runs a workspace changes its members; everybody may take themselves away.
grant update (role) on workspace_members to pf_api;
grant delete on workspace_members to pf_api;
create policy administered on workspace_members as restrictive for update to pf_api
using (workspace_id = any ((select app.workspaces_to('administer'))::uuid[]));
create policy administered_or_own on workspace_members as restrictive for delete to pf_api
using (
  workspace_id = any ((select app.workspaces_to('administer'))::uuid[])
  or user_id = (select app.me())
);
create policy leavers on workspace_members for delete to pf_api
using (user_id = (select app.me())
  and workspace_id = any ((select app.workspaces_to('read'))::uuid[]));
