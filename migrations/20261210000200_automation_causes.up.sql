-- Few runs are there yet, and nobody waits for them.
-- squawk-ignore-file adding-foreign-key-constraint
-- The run whose deed, end or call set it off.
alter table flow_runs add column caused_by uuid;
update flow_runs set caused_by = split_part(cause, '/', 2)::uuid where cause ~ '^(run|call)/[0-9a-f-]{36}(/|$)';

-- Since when it is in action, and the last seal of the audit it has heard of since: the lines of a
-- seal are whole and in order for good, so each starts a flow once.
alter table flows add column listens_since timestamptz not null default now();
alter table flows add column heard_seal bigint;
