-- squawk-ignore-file constraint-missing-not-valid
update api_tokens set scope = 'write' where scope = 'manage';
alter table api_tokens drop constraint api_tokens_scope_known;
alter table api_tokens add constraint api_tokens_scope_known check (scope in ('read', 'write'));
