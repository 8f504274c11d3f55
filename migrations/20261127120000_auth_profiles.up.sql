-- How people are written to and shown the product; null is as each browser has it.
alter table users add column language text;
-- Nobody has one yet, so there is nothing to validate.
alter table users add constraint users_language_known check (language in ('en', 'de')) not valid;
alter table users add column time_zone text;

grant select (language, time_zone) on users to pf_worker;
