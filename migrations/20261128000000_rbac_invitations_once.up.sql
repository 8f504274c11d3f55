-- The Idempotency-Key people were invited with, so that a second try is answered as the first was.
alter table invitations add column asked_with uuid;
grant insert (asked_with) on invitations to pf_api;
