drop table flow_runs;
drop table flow_versions;
drop table flows;
