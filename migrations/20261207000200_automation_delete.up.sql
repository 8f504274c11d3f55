-- A flow that is deleted: no list has it and nothing starts it. Its runs may come to their end, and stay
-- to be read.
-- squawk-ignore-file constraint-missing-not-valid
alter table flows add column deleted_at timestamptz;
alter table flows add constraint flows_deleted_is_inactive
check (deleted_at is null or not active);
