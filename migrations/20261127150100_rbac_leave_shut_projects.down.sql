drop function app.leave_shut_projects(uuid, uuid);
drop policy leavers on card_assignees;
revoke delete on card_assignees from pf_policy;
