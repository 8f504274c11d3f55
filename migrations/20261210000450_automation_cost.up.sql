-- What a step has cost beside time: cards it changed, and what went to and came from servers outside.
alter table flow_steps add column cards integer;
alter table flow_steps add column bytes_sent integer;
alter table flow_steps add column bytes_received integer;
