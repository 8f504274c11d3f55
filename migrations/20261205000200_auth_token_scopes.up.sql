-- What manages people and workspaces is a scope of its own.
-- squawk-ignore-file constraint-missing-not-valid
alter table api_tokens drop constraint api_tokens_scope_known;
alter table api_tokens add constraint api_tokens_scope_known
check (scope in ('read', 'write', 'manage'));
