revoke insert (role_id) on workspace_members from pf_api;
drop table invitations;
