alter table flows drop column heard_seal;
alter table flows drop column listens_since;
alter table flow_runs drop column caused_by;
