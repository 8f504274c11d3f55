revoke delete on users from pf_policy;
drop function app.remove_bots(integer);
