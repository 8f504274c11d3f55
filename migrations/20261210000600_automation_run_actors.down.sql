alter table flow_runs drop column actor_id;
