-- squawk-ignore-file require-concurrent-index-deletion, adding-not-nullable-field
drop function app.tell_flow_mentions(uuid, uuid []);
drop policy policies on flow_comments;
revoke select on flow_comments from pf_policy;
delete from notifications where flow_comment_id is not null;
call app.open_by_project('notifications', 'app.has_card((select app.projects_to(%L))::uuid[], card_id)');
alter policy changers on notifications using (
  workspace_id = any ((select app.workspaces_to('read all'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and app.has_card((select app.projects_to('read'))::uuid[], card_id)
);
alter table notifications drop constraint notifications_of_one_thing;
drop index notifications_flow_comment_id;
alter table notifications drop column flow_comment_id, drop column project_id;
alter table notifications alter column card_id set not null;
alter table notifications alter column board_id set not null;
