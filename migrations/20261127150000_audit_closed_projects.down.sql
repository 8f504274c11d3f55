call app.open_by_project('audit_log', 'app.shows(target_kind, target_id)');
drop function app.shows_line(text, text, uuid, uuid, uuid, boolean);
drop policy policies on outcomes;
revoke select on outcomes from pf_policy;
