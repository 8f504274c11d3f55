revoke select (email) on users from pf_worker;
drop table password_resets;
