-- Whether whoever signed in asked to stay signed in for longer.
alter table sessions add column is_remembered boolean not null default false;
